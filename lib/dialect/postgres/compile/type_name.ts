import type { ColumnType } from "../../../schema/types.ts";
import { quoteName } from "../../../sql/quote.ts";
import { commonTypeName } from "../../common_type.ts";

/** Returns PostgreSQL's name of `type`: https://www.postgresql.org/docs/current/datatype.html */
export function typeName(type: ColumnType): string {
  switch (type.kind) {
    case "float":
      return type.bits === 32 ? "REAL" : "DOUBLE PRECISION";
    case "time":
      return `TIME ${zone(type)}`;
    case "timestamp":
      return `TIMESTAMP${type.precision === undefined ? "" : `(${type.precision})`} ${zone(type)}`;
    case "interval":
      return "INTERVAL";
    case "json":
      return type.binary ? "JSONB" : "JSON";
    case "uuid":
      return "UUID";
    case "binary":
      return "BYTEA";
    case "enum":
      return quoteName(type.name);
    case "array":
      return `${typeName(type.of)}[]`;
    default:
      return commonTypeName(type);
  }
}

function zone({ timezone }: { readonly timezone: boolean }): string {
  return `${timezone ? "WITH" : "WITHOUT"} TIME ZONE`;
}
