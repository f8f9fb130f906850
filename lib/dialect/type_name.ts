import { ToolError } from "../error.ts";
import type { ColumnType } from "../schema/types.ts";
import type { DialectName } from "./dialect.ts";

/** Returns how `dialect` writes `type`. */
export function typeName(type: ColumnType, dialect: DialectName): string {
  return dialect === "postgres" ? postgresType(type) : sqliteType(type);
}

/** https://www.postgresql.org/docs/current/datatype.html */
function postgresType(type: ColumnType): string {
  switch (type.kind) {
    case "integer":
      return type.bits === 16 ? "SMALLINT" : type.bits === 32 ? "INTEGER" : "BIGINT";
    case "float":
      return type.bits === 32 ? "REAL" : "DOUBLE PRECISION";
    case "time":
      return type.timezone ? "TIME WITH TIME ZONE" : "TIME WITHOUT TIME ZONE";
    case "timestamp": {
      const precision = type.precision === undefined ? "" : `(${type.precision})`;
      return `TIMESTAMP${precision} ${type.timezone ? "WITH" : "WITHOUT"} TIME ZONE`;
    }
    case "interval":
      return "INTERVAL";
    case "json":
      return type.binary ? "JSONB" : "JSON";
    case "uuid":
      return "UUID";
    case "binary":
      return "BYTEA";
    case "array":
      return `${postgresType(type.of)}[]`;
    default:
      return commonType(type);
  }
}

/** By these names a column gets the affinity that it should have: https://www.sqlite.org/datatype3.html, 3.1. */
function sqliteType(type: ColumnType): string {
  switch (type.kind) {
    case "integer":
      return type.bits === 16 ? "SMALLINT" : type.bits === 32 ? "INTEGER" : "BIGINT";
    case "float":
      return type.bits === 32 ? "REAL" : "DOUBLE";
    case "time":
      return "TIME";
    case "timestamp":
      return "DATETIME";
    case "interval":
      return "TEXT";
    case "json":
      return "JSON";
    case "uuid":
      return "CHAR(36)";
    case "binary":
      return "BLOB";
    case "array":
      throw new ToolError("operation/unsupported", "Cannot make an array on SQLite: it has none", {
        hint: "Use json(), or a table of its own",
      });
    default:
      return commonType(type);
  }
}

function commonType(
  type: Extract<
    ColumnType,
    { kind: "numeric" | "string" | "text" | "boolean" | "date" | "native" }
  >,
): string {
  switch (type.kind) {
    case "numeric": {
      const { precision, scale } = type;
      if (precision === undefined) return "NUMERIC";
      return scale === undefined ? `NUMERIC(${precision})` : `NUMERIC(${precision}, ${scale})`;
    }
    case "string":
      return type.length === undefined ? "VARCHAR" : `VARCHAR(${type.length})`;
    case "text":
      return "TEXT";
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "DATE";
    case "native":
      return type.sql;
  }
}
