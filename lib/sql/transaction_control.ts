import { firstKeyword, fromFirstWord } from "./first_keyword.ts";

/**
 * Returns what a statement does to the transaction that it runs in: begins it, ends it, or only sets,
 * releases or returns to a savepoint. Undefined: nothing.
 *
 * @param sql Without leading comments and white space, as in a piece of a script.
 */
export function transactionControl(sql: string): "begin" | "end" | "savepoint" | undefined {
  const [first = "", second = "", third = ""] = firstWords(sql);
  switch (first) {
    case "begin":
      return "begin";
    case "start":
      return second === "transaction" ? "begin" : undefined;
    case "commit":
    case "end":
    case "abort":
      return "end";
    case "prepare":
      return second === "transaction" && third === "" ? "end" : undefined;
    case "savepoint":
    case "release":
      return "savepoint";
    case "rollback":
      return second === "to" || third === "to" ? "savepoint" : "end";
    default:
      return undefined;
  }
}

/**
 * Returns the keyword, in upper case, by which a statement begins or ends a transaction; undefined if
 * it does neither.
 */
export function transactionWord(sql: string): string | undefined {
  const first = fromFirstWord(sql);
  const control = transactionControl(first);
  return control === "begin" || control === "end" ? firstKeyword(first) : undefined;
}

/**
 * Returns up to three leading words, in lower case, separated by nothing but white space and comments.
 */
function firstWords(sql: string): readonly string[] {
  const found = candidate.test(sql) ? words.exec(sql) : null;
  return found === null ? [] : found.slice(1).map((it) => (it ?? "").toLowerCase());
}

const candidate = /^(?:begin|start|commit|end|abort|prepare|savepoint|release|rollback)\b/i;
const apart = String.raw`(?:[ \t\n\r\f\v]|--[^\n\r]*(?=[\n\r])|/\*(?:[^*]|\*(?!/))*\*/)*`;
const words = new RegExp(`^([a-z]+)(?:${apart}([a-z]+))?(?:${apart}([a-z]+))?`, "i");
