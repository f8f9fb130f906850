import type { OperationOf } from "../../../operations/operation.ts";
import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";

/** https://www.postgresql.org/docs/current/sql-createtype.html */
export function createEnum({ enum: made }: OperationOf<"createEnum">): CompiledStatement {
  return { sql: `CREATE TYPE ${quoteName(made)} AS ENUM (${made.values.map(text).join(", ")})` };
}

/** https://www.postgresql.org/docs/current/sql-altertype.html */
export function addEnumValue(
  { name, value, place, ifNotExists }: OperationOf<"addEnumValue">,
): CompiledStatement {
  const beside = place === undefined
    ? ""
    : "before" in place
    ? ` BEFORE ${text(place.before)}`
    : ` AFTER ${text(place.after)}`;
  const words = `ADD VALUE ${ifNotExists ? "IF NOT EXISTS " : ""}`;
  return { sql: `ALTER TYPE ${quoteName(name)} ${words}${text(value)}${beside}` };
}

export function renameEnumValue(
  { name, value, to }: OperationOf<"renameEnumValue">,
): CompiledStatement {
  return { sql: `ALTER TYPE ${quoteName(name)} RENAME VALUE ${text(value)} TO ${text(to)}` };
}

function text(value: string): string {
  return quoteLiteral(value, "postgres");
}
