import { quotedName, quotedString } from "../../../sql/lexemes.ts";

/**
 * Returns `sql`, an expression or a definition as the server spells it, as the server will spell it after
 * reading it once more. For `IN ('a', 'b')` on a varchar, it first writes `(ARRAY['a'::character varying,
 * …])::text[]`, and after reading that `ARRAY[('a'::character varying)::text, …]`, which stays.
 */
export function settledCasts(sql: string): string {
  if (!/\]\)?::text\[\]/.test(sql)) return sql;
  return sql.replaceAll(castArray, (whole: string, enclosed?: string, bare?: string) => {
    if (enclosed !== undefined) {
      return `ARRAY[${elementsOf(enclosed).map((it) => `(${it})::text`).join(", ")}]`;
    }
    if (bare === undefined) return whole;
    // The server's form where it leaves out unneeded parentheses.
    const cast = (it: string) => simple.test(it) ? `${it}::text` : `(${it})::text`;
    return `ARRAY[${elementsOf(bare).map(cast).join(", ")}]`;
  });
}

const quoted = `${quotedString}|${quotedName}`;
const elements = String.raw`ARRAY\[((?:${quoted}|[^'"[\]])+)\]`;
const castArray = new RegExp(
  String.raw`${quoted}|\(${elements}\)::text\[\]|${elements}::text\[\]`,
  "g",
);
const simple = /^(?:'(?:[^']|'')*'(?:::[\w ]+)?|[\w.]+|"(?:[^"]|"")*")$/;

/** Splits `list` at its outermost commas. */
function elementsOf(list: string): readonly string[] {
  const found = [""];
  let depth = 0;
  for (const [token] of list.matchAll(new RegExp(String.raw`${quoted}|[^]`, "g"))) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (token === "," && depth === 0) found.push("");
    else found[found.length - 1] += token;
  }
  return found.map((it) => it.trim());
}
