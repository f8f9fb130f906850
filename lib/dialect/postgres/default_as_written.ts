import { showName } from "../../schema/qualified_name.ts";
import { sameFamily } from "../../schema/type_family.ts";
import type { ColumnType } from "../../schema/types.ts";
import type { Sql } from "../../sql/statement.ts";
import { parseDeclaredType } from "./parse_type.ts";

/**
 * Returns the default of a column of `type` without the cast to that type, which the server adds to a
 * constant: `'ok'` for `'ok'::mood`.
 */
export function defaultAsWritten(value: Sql, type: ColumnType): Sql {
  const { sql } = value;
  if (type.kind === "boolean" && /^(?:true|false)$/.test(sql)) return { sql: sql.toUpperCase() };
  const [, constant, text = "", cast = ""] = /^('((?:[^']|'')*)')::(.+)$/s.exec(sql) ?? [];
  if (constant === undefined || !isCastTo(cast, type)) return value;
  const isNumber = type.kind === "integer" || type.kind === "numeric" || type.kind === "float";
  if (isNumber) return /^-\d+(?:\.\d+)?$/.test(text) ? { sql: text } : value;
  return { sql: constant };
}

/** Says whether `cast` is to `type`, but for its length. */
function isCastTo(cast: string, type: ColumnType): boolean {
  if (type.kind === "enum") return cast === showName(type.name);
  if (type.kind === "array") return false;
  const plain = parseDeclaredType(cast);
  return plain.kind === type.kind && sameFamily(plain, type);
}
