import { declaredTypeText } from "../parse_type.ts";

/** Returns the arguments that identify a routine, as the server spells them: types only, without lengths. */
export function spelledArguments(said: string): string {
  const types = argumentTypes(said).map((it) => it.replace(/\([\d\s,]*\)/, ""));
  return types.map(declaredTypeText).join(", ");
}

/**
 * Returns the types of a routine's input arguments, from its arguments as DROP FUNCTION takes them. Those
 * of `IN a integer, OUT b text, VARIADIC text[]` are `integer` and `text[]`.
 */
export function argumentTypes(said: string): readonly string[] {
  return apart(said).flatMap((it) => {
    const [, mode = "", rest = it] = modes.exec(it) ?? [];
    return mode.toLowerCase() === "out" ? [] : [withoutName(rest)];
  });
}

/** https://www.postgresql.org/docs/current/sql-dropfunction.html */
const modes = /^(in\s+out|inout|in|out|variadic)\s+(.*)$/is;

/** Words that begin a type, and so are not the name of an argument. */
const beginnings = new RegExp(
  "^(?:bigint|bit|boolean|char|character|dec|decimal|double\\s+precision|float|int|integer|interval|national|nchar" +
    "|numeric|real|setof|smallint|time|timestamp|varchar)\\b|^\\S+\\s+array\\b",
  "i",
);

function withoutName(said: string): string {
  if (beginnings.test(said)) return said;
  const [, type = said] = /^(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)\s*(?<=["\s])(["\p{L}_].*)$/su
    .exec(said) ?? [];
  return type;
}

/** Splits at the commas that are outside parentheses and quotes. */
function apart(said: string): readonly string[] {
  const found = said.match(/(?:"(?:[^"]|"")*"|\([^)]*\)|[^,"(])+/g) ?? [];
  return found.map((it) => it.trim()).filter((it) => it !== "");
}
