import { dumpSql } from "../autogenerate/dump_sql.ts";
import { isMissingFile } from "../database/is_missing_file.ts";
import type { Report } from "../report/event.ts";
import type { Environment } from "./environment.ts";
import { introspectOptions } from "./comparison/introspect_options.ts";
import type { SchemaResult } from "./views/result.ts";
import { defaultSchema } from "./comparison/default_schema.ts";
import { uncomparedSchemas } from "./comparison/uncompared_schemas.ts";
import { warnOfSchemas } from "./comparison/warn_of_schemas.ts";
import { withDatabase } from "./database/with_database.ts";

/** Returns the schema of the database, without the tables of this tool. */
export function dump(environment: Environment, report: Report = () => {}): Promise<SchemaResult> {
  return withDatabase(environment, { changes: false, report }, async (open) => {
    const { database: { connection }, dialect, shown, url } = open;
    if (isMissingFile(url)) {
      report({
        kind: "warned",
        message: `The dump is empty: ${shown} does not exist`,
        hint: 'Check the path in the URL, or type "migrate upgrade head"',
      });
    }
    const options = introspectOptions(environment.config);
    const introspected = await dialect.introspect(connection, options);
    const unread = await dialect.unread(connection, options);
    if (unread.length > 0) {
      report({
        kind: "warned",
        message: `Left out of the dump: ${unread.map((it) => it.text).join(", ")}`,
        hint:
          "migrate does not read objects of this kind; create them in a revision, with op.execute",
      });
    }
    const schemas = await uncomparedSchemas(connection, dialect.name, environment.config);
    warnOfSchemas("Left out of the dump: what there is", schemas, {
      defaultSchema: await defaultSchema(connection, dialect.name),
      report,
    });
    return {
      kind: "schema",
      dialect: dialect.name,
      schema: dialect.normalize(introspected),
      get sql() {
        return unread.map((it) => `-- Left out: ${it.text}\n`).join("") +
          dumpSql(introspected, dialect);
      },
    };
  });
}
