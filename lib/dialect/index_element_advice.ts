/**
 * Returns advice if `sql` creates an index on the column `name`, which does not exist, and the name says
 * more than a name: an expression, or a column with its order.
 */
export function indexElementAdvice(name: string, sql: string): string | undefined {
  if (!/^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i.test(sql) || !sql.includes(`"${name}"`)) return undefined;
  const [, column, order, nulls] = ordered.exec(name) ?? [];
  if (column !== undefined && (order ?? nulls) !== undefined) {
    const parts = [
      `on: "${column}"`,
      ...order?.toLowerCase() === "desc" ? [`order: "desc"`] : [],
      ...nulls === undefined ? [] : [`nulls: "${nulls.toLowerCase()}"`],
    ];
    return parts.length === 1
      ? `Write "${column}": an index is ascending unless it says otherwise`
      : `Write { ${parts.join(", ")} }`;
  }
  return /[^\w$\s]/.test(name)
    ? `If it is an expression, write raw(${
      JSON.stringify(name)
    }), or in SQL leave out the double quotes`
    : undefined;
}

const ordered = /^(\w+)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i;
