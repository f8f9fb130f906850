const mostCharacters = 120;

/**
 * A comment, a quoted identifier or a string literal, up to its end or to where the server has
 * truncated the query. The first group captures string literals, any of which may be a secret.
 */
const enclosed =
  /--[^\n]*|\/\*[^]*?(?:\*\/|$)|"[^"]*(?:"|$)|(\b[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(\w*)\$[^]*?(?:\$\2\$|$))/g;

/**
 * Returns another session's `query` on one line, shortened, without string literals and comments.
 */
export function shownQuery(query: string): string {
  const line = query.replaceAll(
    enclosed,
    (text, string?: string) => string !== undefined ? "'…'" : text.startsWith('"') ? text : " ",
  ).replaceAll(/\s+/g, " ").trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
