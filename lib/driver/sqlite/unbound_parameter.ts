/**
 * Returns the first parameter in `sql` that is none of `$1` to `$count`; `undefined` if there is none.
 * SQLite itself takes a parameter without a value for NULL. All of a large script passes through here, so
 * this allocates nothing.
 * https://www.sqlite.org/lang_expr.html#parameters
 */
export function unboundParameter(sql: string, count: number): string | undefined {
  if (!sigil.test(sql)) return undefined;
  const mark = /['"`[?:@$]|--|\/\*/g;
  while (mark.test(sql)) {
    const at = mark.lastIndex - 1;
    const closer = closers.get(sql.charCodeAt(at));
    if (closer === undefined) {
      const found = parameterAt(sql, at);
      if (found !== undefined && !isBound(found, count)) return found;
      mark.lastIndex = at + (found?.length ?? 1);
    } else {
      const end = sql.indexOf(closer, mark.lastIndex);
      if (end < 0) return undefined;
      mark.lastIndex = end + closer.length;
    }
  }
  return undefined;
}

/** A question mark, or what a name follows: nearly all other statements end their check here. */
const sigil = /\?|[:@$][\w$\x80-\uffff]/;

/** What ends a string, a quoted identifier or a comment, by the last character of its opening. */
const closers: ReadonlyMap<number, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ["`", "`"],
  ["[", "]"],
  ["-", "\n"],
  ["*", "*/"],
].map(([opening = "", closer = ""]) => [opening.charCodeAt(0), closer]));

function parameterAt(sql: string, at: number): string | undefined {
  // An identifier can have a dollar sign in it.
  if (sql[at] === "$" && /[\w$\x80-\uffff]/.test(sql.charAt(at - 1))) return undefined;
  parameter.lastIndex = at;
  return parameter.exec(sql)?.[0];
}

const parameter = /\?\d*|[:@$][\w$\x80-\uffff]+/y;

function isBound(found: string, count: number): boolean {
  const number = /^.([1-9]\d*)$/.exec(found)?.[1];
  return number !== undefined && Number(number) <= count;
}
