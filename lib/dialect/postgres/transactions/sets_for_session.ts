/**
 * Says whether `sql` calls `set_config` for longer than its transaction, or may: its last argument is not
 * plainly true.
 */
export function setsForSession(sql: string): boolean {
  for (const { index, 0: call } of sql.matchAll(/\bset_config"?\s*\(/gi)) {
    if (!isTrue.test(lastArgument(sql, index + call.length))) return true;
  }
  return false;
}

/** A string in the code of a DO may have its quotes twice. */
const isTrue =
  /^\s*(?:is_local\s*(?:=>|:=)\s*)?(?:true|'{1,2}(?:t|true|on|yes|1)'{1,2})(?:\s*::\s*bool(?:ean)?)?\s*$/i;

/** Returns the last argument of the call whose arguments begin at `start`. */
function lastArgument(sql: string, start: number): string {
  let depth = 0;
  let begin = start;
  const token = /'[^']*'|[(),]/g;
  token.lastIndex = start;
  for (let it = token.exec(sql); it !== null; it = token.exec(sql)) {
    if (it[0] === "(") depth++;
    else if (it[0] === "," && depth === 0) begin = it.index + 1;
    else if (it[0] === ")" && depth-- === 0) return sql.slice(begin, it.index);
  }
  return sql.slice(begin);
}
