/**
 * Returns `text` without trailing white space; characters that only JavaScript counts as white space
 * stay.
 */
export function trimSqlEnd(text: string): string {
  let end = text.length;
  while (isSqlSpace(text.charCodeAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Says whether `code` is a blank, tab, line feed, vertical tab, form feed or carriage return. */
export function isSqlSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
