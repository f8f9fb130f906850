import { quotedName, quotedString } from "../../../sql/lexemes.ts";

/**
 * Returns `sql`, an expression or a definition as the server spells it, as it is spelled once the server has
 * read it again. A varchar that is `IN ('a', 'b')` is compared with `(ARRAY['a'::character varying, …])::text[]`,
 * which is read as `ARRAY[('a'::character varying)::text, …]`, and that as itself.
 */
export function settledCasts(sql: string): string {
  if (!/\]\)?::text\[\]/.test(sql)) return sql;
  return sql.replaceAll(castArray, (whole: string, enclosed?: string, bare?: string) => {
    if (enclosed !== undefined) {
      return `ARRAY[${elementsOf(enclosed).map((it) => `(${it})::text`).join(", ")}]`;
    }
    if (bare === undefined) return whole;
    // So the server writes where it leaves out the parentheses that nothing needs.
    const cast = (it: string) => simple.test(it) ? `${it}::text` : `(${it})::text`;
    return `ARRAY[${elementsOf(bare).map(cast).join(", ")}]`;
  });
}

const quoted = `${quotedString}|${quotedName}`;
const elements = String.raw`ARRAY\[((?:${quoted}|[^'"[\]])*)\]`;
const castArray = new RegExp(
  String.raw`${quoted}|\(${elements}\)::text\[\]|${elements}::text\[\]`,
  "g",
);
const simple = /^(?:'(?:[^']|'')*'(?:::[\w ]+)?|[\w.]+|"(?:[^"]|"")*")$/;

/** Returns what the outermost commas of `list` part. */
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
