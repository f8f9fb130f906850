import type { Index, IndexElement } from "../../../schema/schema.ts";
import { snakeCase } from "../../../sql/camel_case.ts";
import { field, isEntity, listOf, textOf, unknownVersion } from "./entity.ts";
import type { DrizzleContext } from "./read_column.ts";
import { columnName, sqlText } from "./sql_text.ts";

/** Returns a Drizzle index on `table` as ours; an unnamed one gets the name that Drizzle's migrations give it. */
export function readIndex(index: unknown, table: string, context: DrizzleContext): Index {
  const { dialect, casing } = context;
  const config = field(index, "config");
  const columns = listOf(field(config, "columns"));
  const isExpression = (it: unknown) => isEntity(it, "SQL");
  const names = columns.flatMap((it) => isExpression(it) ? [] : [columnName(it, casing)]);
  const name = textOf(config, "name") ?? `${table}_${names.join("_")}_index`;
  if (columns.length === 0) throw unknownVersion(`the index "${name}" has no columns`);
  const where = field(config, "where");
  const method = textOf(config, "method");
  const parameters = Object.entries(field(config, "with") ?? {});
  return {
    name,
    on: columns.map((it) =>
      isExpression(it)
        ? expressionElement(sqlText(it, { casing, bare: true }))
        : element(it, context)
    ),
    unique: field(config, "unique") === true,
    ...(where !== undefined && {
      where: { sql: sqlText(where, { casing, bare: dialect === "postgres" }) },
    }),
    ...(method !== undefined && method !== "btree" && { using: method }),
    ...(parameters.length > 0 && {
      with: Object.fromEntries(parameters.map(([key, value]) => [snakeCase(key), String(value)])),
    }),
  };
}

function element(column: unknown, { casing }: DrizzleContext): IndexElement {
  const config = field(column, "indexConfig");
  const on = columnName(column, casing);
  const operatorClass = textOf(config, "opClass");
  // With an operator class, Drizzle's migrations leave out the order.
  if (operatorClass !== undefined) return { on, operatorClass };
  const isDescending = textOf(config, "order") === "desc";
  const nulls = textOf(config, "nulls");
  if (!isDescending && nulls !== "first") return on;
  return {
    on,
    ...(isDescending && { order: "desc" }),
    ...((nulls === "first" || nulls === "last") && { nulls }),
  };
}

/**
 * Drizzle's migrations leave the text as it is, so it may contain an operator class and an order, which are
 * not part of the expression.
 */
function expressionElement(sql: string): IndexElement {
  const { on = sql, operatorClass, order, nulls } = behindExpression.exec(sql)?.groups ?? {};
  return {
    on: { sql: on },
    ...(operatorClass !== undefined && { operatorClass }),
    ...(order?.toLowerCase() === "desc" && { order: "desc" }),
    ...(nulls !== undefined && { nulls: nulls.toLowerCase() === "first" ? "first" : "last" }),
  };
}

const behindExpression =
  /^\s*(?<on>.*?[\w"')\]])(?:\s+(?<operatorClass>\w+_ops))?(?:\s+(?<order>asc|desc))?(?:\s+nulls\s+(?<nulls>first|last))?\s*$/is;
