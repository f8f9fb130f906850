import { showName } from "../../schema/qualified_name.ts";
import { sameFamily } from "../../schema/type_family.ts";
import type { ColumnType } from "../../schema/types.ts";
import type { Sql } from "../../sql/statement.ts";
import { parseDeclaredType } from "./parse_type.ts";

/**
 * Returns the default of a column of `type` without the cast that the server adds to a constant: `'ok'`
 * for `'ok'::mood`, and -1 for `'-1'::integer`.
 */
export function defaultAsWritten(value: Sql, type: ColumnType): Sql {
  const { sql } = value;
  if (type.kind === "boolean" && /^(?:true|false)$/.test(sql)) return { sql: sql.toUpperCase() };
  const [, constant, text = "", cast = ""] = castConstant.exec(sql) ?? [];
  if (constant === undefined) return value;
  if (type.kind === "integer" || type.kind === "numeric" || type.kind === "float") {
    return cast === typeOfNumber(text) ? { sql: text } : value;
  }
  return isCastTo(cast, type) ? { sql: constant } : value;
}

const castConstant =
  /^('((?:[^']|'')*)')::([\w. "]+(?:\([\d,]+\))?(?: with(?:out)? time zone)?(?:\[\])*)$/;

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-NUMERIC */
function typeOfNumber(text: string): string | undefined {
  if (/^-\d+\.\d+$/.test(text)) return "numeric";
  if (!/^-[1-9]\d*$/.test(text)) return undefined;
  const size = -BigInt(text);
  return size < 2n ** 31n ? "integer" : size < 2n ** 63n ? "bigint" : "numeric";
}

/** Says whether `cast` is to `type`, whatever its length. */
function isCastTo(cast: string, type: ColumnType): boolean {
  if (type.kind === "enum") return cast === showName(type.name);
  if (type.kind === "array") return false;
  const plain = parseDeclaredType(cast);
  return plain.kind === type.kind && sameFamily(plain, type);
}
