import { basename } from "node:path";
import { commentLines } from "./comment_lines.ts";
import { headerError, unknownRevision } from "./header_error.ts";
import { headerTimeouts } from "./header_timeouts.ts";
import type { ScriptFile } from "../script_file.ts";
import { isHeaderLine, sqlHeaderLines } from "./sql_header_lines.ts";

/**
 * Returns the header of the `.sql` file that begins with `source`: the lines `-- key: value` above
 * its `-- migrate:up`. Without a `message`, the first line of the other comments there is the
 * message.
 *
 * @throws {ToolError} `script/header`, with the line.
 */
export function parseSqlHeader(source: string, path: string): ScriptFile {
  const { values, comment } = sqlHeaderLines(source, path);
  const id = values.get("revision")?.text ?? "";
  if (id === "") throw unknownRevision(path, "Write -- revision: … above -- migrate:up");
  if (!values.has("down_revision")) {
    throw headerError(
      "down_revision is missing",
      { path, source, offset: 0 },
      "Write -- down_revision: null in a base, or else the id of the revision before it",
    );
  }
  const { text: transaction, offset } = values.get("transaction") ?? { text: "true", offset: 0 };
  if (transaction !== "true" && transaction !== "false") {
    throw headerError(
      `transaction is "${transaction}"`,
      { path, source, offset },
      "Write -- transaction: true or -- transaction: false",
    );
  }
  const timeouts = headerTimeouts({
    statement: values.get("statement_timeout"),
    idleInTransaction: values.get("idle_in_transaction"),
  }, { path, source });
  return {
    revision: {
      id,
      downRevisions: commaSeparated(values.get("down_revision")?.text),
      dependsOn: commaSeparated(values.get("depends_on")?.text),
      branchLabels: commaSeparated(values.get("branch_labels")?.text),
      message: values.get("message")?.text ?? firstWords(comment, path),
      path,
    },
    path,
    format: "sql",
    transactional: transaction === "true",
    ...(timeouts && { timeouts }),
    comment,
  };
}

/**
 * Returns the first line of the comment that is neither part of the header nor the name of the
 * file.
 */
function firstWords(comment: string, path: string): string {
  const name = basename(path);
  const isWords = (it: string) => it.trim() !== "" && it !== name && !isHeaderLine(it);
  return commentLines(comment).find(isWords)?.trim() ?? "";
}

function commaSeparated(text = ""): readonly string[] {
  if (text === "" || text === "null") return [];
  if (!text.includes(",")) return [text]; // the usual case, kept fast for large projects
  return text.split(",").map((it) => it.trim()).filter((it) => it !== "");
}
