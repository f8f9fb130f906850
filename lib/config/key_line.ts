/**
 * Returns the line of `text`, a TOML file, where the last of `keys` is set in the table that the
 * others lead to; `undefined` if it is not found. For a repeated `[[table]]`, the first that has
 * the key.
 */
export function keyLine(text: string, keys: readonly string[]): number | undefined {
  const wanted = keys.join(".");
  let table = "";
  for (const [index, line] of text.split("\n").entries()) {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    if (header !== undefined) table = `${plainKey(header)}.`;
    const key = /^\s*([\w."'\s-]+?)\s*=/.exec(line)?.[1];
    const found = header === undefined ? key && table + plainKey(key) : plainKey(header);
    if (found === wanted || found?.startsWith(`${wanted}.`)) return index + 1;
  }
  return undefined;
}

function plainKey(key: string): string {
  return key.replace(/["'\s]/g, "");
}
