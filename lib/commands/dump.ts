import { dumpSql } from "../autogenerate/dump_sql.ts";
import type { Report } from "../report/event.ts";
import type { Environment } from "./environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import type { SchemaResult } from "./result.ts";
import { withDatabase } from "./with_database.ts";

/** Returns the schema of the database, without the tables of this tool. */
export function dump(environment: Environment, report: Report = () => {}): Promise<SchemaResult> {
  return withDatabase(environment, { create: false, report }, async (open) => {
    const { database: { connection }, dialect } = open;
    const introspected = await dialect.introspect(
      connection,
      introspectOptions(environment.config),
    );
    return {
      kind: "schema",
      dialect: dialect.name,
      schema: dialect.normalize(introspected),
      get sql() {
        return dumpSql(introspected, dialect);
      },
    };
  });
}
