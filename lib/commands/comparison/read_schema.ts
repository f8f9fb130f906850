import type { Dialect } from "../../dialect/dialect.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import { type IntrospectedConfig, introspectOptions } from "./introspect_options.ts";

/**
 * Returns the schema of a database in comparable form: normalized, without the tables of this tool.
 */
export async function readSchema(
  connection: Queryable,
  dialect: Dialect,
  config: IntrospectedConfig,
): Promise<Schema> {
  return dialect.normalize(await dialect.introspect(connection, introspectOptions(config)));
}
