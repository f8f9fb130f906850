import { ToolError } from "../../error.ts";
import type { ColumnChange } from "../../operations/column_change.ts";
import type { OperationOf } from "../../operations/operation.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import { sequenceClause } from "../../schema/sequence_clause.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { CompiledStatement } from "../dialect.ts";
import { commentOnColumn } from "./comments.ts";
import { alterTable } from "./statements.ts";
import { typeName } from "./type_name.ts";

/** Returns the statements that alter a column, one for each of its properties. */
export function alterColumn(
  { table, column, change, existing, using }: OperationOf<"alterColumn">,
): readonly CompiledStatement[] {
  const { type, nullable, default: value, comment, collation, generated } = change;
  const changes = [
    generated === null && "DROP EXPRESSION IF EXISTS",
    change.identity === null && "DROP IDENTITY IF EXISTS",
    // First: an old default may have no way into the new type.
    value !== undefined && (value === null || type) && "DROP DEFAULT",
    (type || collation !== undefined) && retyped(column, { type, collation, existing, using }),
    nullable !== undefined && `${nullable ? "DROP" : "SET"} NOT NULL`,
    value && `SET DEFAULT ${value.sql}`,
    generated && `SET EXPRESSION AS (${generated.expression.sql})`,
    change.identity && identityClause(change.identity, existing),
  ].filter((it) => typeof it === "string");
  return [
    ...changes.map((it) => alterColumnTo(table, column, it)),
    ...comment === undefined ? [] : [commentOnColumn(table, column, comment)],
  ];
}

function alterColumnTo(table: QualifiedName, column: string, change: string): CompiledStatement {
  return alterTable(table, `ALTER COLUMN ${quoteIdentifier(column)} ${change}`);
}

/** A collation is part of the type that the column has; to take it away is to say the type alone. */
function retyped(
  column: string,
  { type, collation, existing, using }: {
    readonly type: ColumnChange["type"];
    readonly collation: ColumnChange["collation"];
    readonly existing: ColumnChange | undefined;
    readonly using: OperationOf<"alterColumn">["using"];
  },
): string {
  const wanted = type ?? existing?.type;
  if (wanted === undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot change the collation of "${column}": PostgreSQL has to be told its type again`,
      { hint: "Say type, or existingType" },
    );
  }
  return [
    `TYPE ${typeName(wanted)}`,
    collation && `COLLATE ${quoteIdentifier(collation)}`,
    using && `USING ${using.sql}`,
  ].filter(Boolean).join(" ");
}

/** https://www.postgresql.org/docs/current/sql-altertable.html: SET for each option of one that is there. */
function identityClause(
  { generation, ...options }: NonNullable<ColumnChange["identity"]>,
  existing: ColumnChange | undefined,
): string {
  const kind = generation === "always" ? "ALWAYS" : "BY DEFAULT";
  if (!existing?.identity) {
    const said = Object.entries(options).filter(([, value]) => value !== null);
    const clause = sequenceClause(Object.fromEntries(said));
    return `ADD GENERATED ${kind} AS IDENTITY${clause === "" ? "" : ` (${clause})`}`;
  }
  const descends = Number(options.increment ?? 1) < 0;
  const parts = Object.entries(options).map(([key, value]) => {
    if (value !== null) return sequenceClause({ [key]: value }) || "NO CYCLE";
    const first = descends ? options.maxValue ?? -1 : options.minValue ?? 1;
    return key === "start" ? `START WITH ${first}` : usual[key] ?? "";
  });
  return [`SET GENERATED ${kind}`, ...parts.map((it) => `SET ${it}`)].join(" ");
}

/** What a sequence does of which nothing else is said. */
const usual: Readonly<Record<string, string>> = {
  increment: "INCREMENT BY 1",
  minValue: "NO MINVALUE",
  maxValue: "NO MAXVALUE",
  cache: "CACHE 1",
  cycle: "NO CYCLE",
};
