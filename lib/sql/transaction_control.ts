import { firstKeyword, fromFirstWord } from "./first_keyword.ts";

/**
 * Returns what a statement does to the transaction that it runs in: begins one, ends it, or only marks
 * a place within it. Undefined: nothing.
 *
 * @param sql As a piece of a script has it: from its first token on.
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

/** Returns the word, in capitals, by which a statement begins or ends a transaction; undefined where it does neither. */
export function transactionWord(sql: string): string | undefined {
  const first = fromFirstWord(sql);
  const control = transactionControl(first);
  return control === "begin" || control === "end" ? firstKeyword(first) : undefined;
}

/** Returns up to three words that only white space and comments part, in lower case. */
function firstWords(sql: string): readonly string[] {
  const found = candidate.test(sql) ? words.exec(sql) : null;
  return found === null ? [] : found.slice(1).map((it) => (it ?? "").toLowerCase());
}

const candidate = /^(?:begin|start|commit|end|abort|prepare|savepoint|release|rollback)\b/i;
const apart = String.raw`(?:[ \t\n\r\f\v]|--[^\n\r]*(?=[\n\r])|/\*(?:[^*]|\*(?!/))*\*/)*`;
const words = new RegExp(`^([a-z]+)(?:${apart}([a-z]+))?(?:${apart}([a-z]+))?`, "i");
