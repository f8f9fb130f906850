export type Affinity = "INTEGER" | "TEXT" | "BLOB" | "REAL" | "NUMERIC";

/**
 * Returns the affinity of a column declared as `type`:
 * https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
export function affinityOf(type: string): Affinity {
  if (/int/i.test(type)) return "INTEGER";
  if (/char|clob|text/i.test(type)) return "TEXT";
  if (/blob/i.test(type) || type.trim() === "") return "BLOB";
  return /real|floa|doub/i.test(type) ? "REAL" : "NUMERIC";
}
