import { join } from "node:path";
import { creationOf } from "../lib/autogenerate/creation_of.ts";
import { postgres } from "../lib/dialect/postgres/dialect.ts";
import { manyTables } from "../tests/autogenerate/many_tables.ts";
import { connect } from "../tests/driver/connect.ts";
import { olderPostgres } from "../tests/servers/fresh_database.ts";
import type { Case } from "./case.ts";
import { cleanUp, root, temporary } from "./folder.ts";

/** On a server that there is a `pg_dump` for: it refuses newer servers. */
export function introspectionCase(): Case {
  return {
    name: "introspect, 3,000 tables, postgres",
    atMost: 0.6,
    prepare: async () => {
      const folder = temporary();
      if (olderPostgres === undefined) {
        return { why: "no pg_dump here", [Symbol.asyncDispose]: cleanUp(folder) };
      }
      const database = await olderPostgres.source.fresh();
      await makeTables(database.url);
      return {
        ours: [process.execPath, join(root, "bench/introspect.ts"), database.url],
        peer: [join(olderPostgres.binaries, "pg_dump"), "--schema-only", database.url],
        peerName: "pg_dump --schema-only",
        cwd: folder,
        runs: 7,
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}

/**
 * A few hundred at a time: a single transaction would need more locks than a server has by default.
 */
async function makeTables(url: string): Promise<void> {
  await using connection = await connect(url);
  const schema = postgres.normalize(manyTables(3000));
  const operations = creationOf(schema, { rebuildsTables: false });
  for (let at = 0; at < operations.length; at += 300) {
    const some = operations.slice(at, at + 300);
    await connection.batch(some.flatMap((it) => postgres.compile(it)));
  }
  await connection.query({ sql: "VACUUM ANALYZE" });
}
