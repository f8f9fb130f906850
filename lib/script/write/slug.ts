/**
 * Returns `message` as part of a file name: its words in lower case, joined by `_`. If that is
 * longer than `length`, it is cut after the last whole word and ends in `_`.
 */
export function slug(message: string, length: number): string {
  const words = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join("_").toLowerCase();
  const letters = [...words];
  if (letters.length <= length) return words;
  const cut = letters.slice(0, length).join("");
  const end = cut.lastIndexOf("_");
  return `${end === -1 ? cut : cut.slice(0, end)}_`;
}
