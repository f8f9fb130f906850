import { ToolError } from "../../../error.ts";
import type { ColumnChange } from "../../../operations/column_change.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { Column, QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { columnComments } from "./comments.ts";
import { columnClause } from "./create_table.ts";
import { alterTable } from "./statements.ts";

/** PostgreSQL cannot make a plain column generated: it is dropped and recreated. */
export function computeColumn(
  { table, column, change }: {
    readonly table: QualifiedName;
    readonly column: string;
    readonly change: ColumnChange & { readonly generated: NonNullable<Column["generated"]> };
  },
): readonly CompiledStatement[] {
  const { type, nullable = true, comment, collation, generated } = change;
  if (type === undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot compute the column "${column}": PostgreSQL recreates it, and needs its type`,
      { hint: "Give type, or existingType" },
    );
  }
  const made: Column = {
    name: column,
    type,
    nullable,
    generated,
    ...(collation && { collation }),
    ...(comment && { comment }),
  };
  const clause = columnClause(made, { ...table, columns: [made], constraints: [] });
  return [
    refuseToDropParts(table, column),
    alterTable(table, `DROP COLUMN ${quoteIdentifier(column)}`),
    alterTable(table, `ADD COLUMN ${clause}`),
    ...columnComments(table, [made]),
  ];
}

/** Dropping a column silently drops its indexes and constraints. */
function refuseToDropParts(table: QualifiedName, column: string): CompiledStatement {
  const answer = "something depends on the column";
  const [of, name] = [quoteName(table), column].map((it) => quoteLiteral(it, "postgres"));
  return {
    sql: `DO $check$ BEGIN
  IF EXISTS (SELECT FROM pg_depend d
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attname = ${name}
    LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
    LEFT JOIN pg_index i ON d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(${of}) AND (c.contype <> 'n' OR i.indexrelid IS NOT NULL)
  ) THEN RAISE EXCEPTION '${answer}'; END IF;
END $check$`,
    refusal: {
      message: `Cannot compute the column "${column}" of "${
        showName(table)
      }": PostgreSQL recreates it, and its indexes and constraints would be lost`,
      hint: "Drop them before it, and create them again after it",
      answer,
    },
  };
}
