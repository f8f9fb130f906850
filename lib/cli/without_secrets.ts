import { ToolError } from "../error.ts";
import { RunError } from "../migrate/run_error.ts";

/**
 * Returns `error` without passwords and tokens: of a URL that stands where none belongs, and of SQL that
 * sets a password.
 */
export function withoutSecrets(error: ToolError): ToolError {
  const { message, facts } = error;
  const { hint, detail } = facts;
  const [said, advice, shown] = [message, hint, detail].map((it) => it && masked(it));
  if (said === message && advice === hint && shown === detail) return error;
  const other = new ToolError(error.code, said ?? "", { ...facts, hint: advice, detail: shown });
  return error instanceof RunError ? new RunError(other, error.committed) : other;
}

/** The words of the hints, PASSWORD and TOKEN, are no secrets. */
function masked(text: string): string {
  return text
    .replace(/(:\/\/?[^\s:/?#@"']*:)(?!PASSWORD@)[^\s"']+(?=@)/g, "$1***")
    .replace(/\b((?:password|authToken)=)(?!TOKEN(?![\w.-]))[^&\s"']+/gi, "$1***")
    .replace(/\b(PASSWORD\s+)'(?:[^']|'')*'/gi, "$1'***'");
}
