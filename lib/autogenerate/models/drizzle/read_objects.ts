import { type PolicyOptions, schema, sequence } from "../../../schema/objects.ts";
import type { QualifiedName, SchemaObject } from "../../../schema/schema.ts";
import { snakeCase } from "../../../sql/camel_case.ts";
import { quoteName } from "../../../sql/quote.ts";
import { field, internal, isEntity, listOf, textOf, unknownVersion } from "./entity.ts";
import { type DrizzleContext, readSequenceOptions } from "./read_column.ts";
import { sqlText } from "./sql_text.ts";

export function readSchema(value: unknown): SchemaObject {
  return schema(String(field(value, "schemaName")));
}

export function readSequence(value: unknown): SchemaObject {
  const own = textOf(value, "schema");
  const name = { ...(own !== undefined && { schema: own }), name: String(field(value, "seqName")) };
  return sequence(name, readSequenceOptions(field(value, "seqOptions")));
}

/** Returns a Drizzle view as ours; only its name, if it is declared as existing. */
export function readView(
  value: unknown,
  { casing }: DrizzleContext,
): SchemaObject | QualifiedName {
  const config = internal(value, "ViewBaseConfig");
  const [name, own] = [textOf(config, "name"), textOf(config, "schema")];
  if (name === undefined) throw unknownVersion("a view has no name");
  const identity: QualifiedName = { ...(own !== undefined && { schema: own }), name };
  const query = field(config, "query");
  if (query === undefined) return identity;
  const isMaterialized = isEntity(value, "PgMaterializedView");
  const more = internal(value, isMaterialized ? "PgMaterializedViewConfig" : "PgViewConfig");
  const options = Object.entries(field(more, "with") ?? {}).map(([key, it]) =>
    `${snakeCase(key)} = ${it}`
  );
  const words = [
    `CREATE ${isMaterialized ? "MATERIALIZED VIEW" : "VIEW"} ${quoteName(identity)}`,
    textOf(more, "using") && `USING ${textOf(more, "using")}`,
    options.length > 0 && `WITH (${options.join(", ")})`,
    textOf(more, "tablespace") && `TABLESPACE ${textOf(more, "tablespace")}`,
    `AS ${sqlText(query, { casing })}`,
    field(more, "withNoData") === true && "WITH NO DATA",
  ];
  return {
    kind: isMaterialized ? "materializedView" : "view",
    ...identity,
    definition: { sql: words.filter(Boolean).join(" ") },
  };
}

/** Returns a Drizzle policy, without the table that it is on. */
export function readPolicy(
  value: unknown,
  { casing }: DrizzleContext,
): { readonly name: string; readonly options: PolicyOptions } {
  const said = field(value, "to");
  const roles = (Array.isArray(said) ? listOf(said) : said === undefined ? [] : [said])
    .map((it) => typeof it === "string" ? it : String(field(it, "name")));
  const [using, withCheck] = ["using", "withCheck"].map((key) => {
    const expression = field(value, key);
    return expression === undefined ? undefined : sqlText(expression, { casing });
  });
  const command = commands.find((it) => it === textOf(value, "for"));
  return {
    name: String(field(value, "name")),
    options: {
      ...(textOf(value, "as") === "restrictive" && { as: "restrictive" }),
      ...(command && { for: command }),
      ...(roles.length > 0 && { to: roles }),
      ...(using !== undefined && { using }),
      ...(withCheck !== undefined && { withCheck }),
    },
  };
}

const commands = ["all", "select", "insert", "update", "delete"] as const;
