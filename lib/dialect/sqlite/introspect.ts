import type { Schema } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";

export async function introspect(_connection: Queryable, _options: IntrospectOptions = {}): Promise<Schema> {
  return await Promise.resolve({ tables: [] });
}
