import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dumpSql } from "../lib/autogenerate/dump_sql.ts";
import { postgres } from "../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../lib/dialect/sqlite/dialect.ts";
import { manyTables } from "../tests/autogenerate/many_tables.ts";
import { freshDatabase, olderPostgres } from "../tests/servers/fresh_database.ts";
import type { Case } from "./case.ts";
import { cleanUp, migrate, must, temporary } from "./folder.ts";

/**
 * A whole `check` that finds nothing. The database has no revisions, and so is at the heads. The
 * PostgreSQL server is one that there is a `pg_dump` for: it refuses newer servers.
 */
export function checkCase(kind: "sqlite" | "postgres", count: number, atMost: number): Case {
  return {
    name: `check, ${count.toLocaleString("en")} tables, ${kind}`,
    atMost,
    prepare: async () => {
      const folder = temporary();
      if (kind === "postgres" && olderPostgres === undefined) {
        return { why: "no pg_dump here", [Symbol.asyncDispose]: cleanUp(folder) };
      }
      const database = kind === "postgres" && olderPostgres
        ? await olderPostgres.source.fresh()
        : await freshDatabase(kind);
      const dialect = kind === "sqlite" ? sqlite : postgres;
      must([migrate, "-q", "init"], folder);
      writeFileSync(join(folder, "schema.sql"), dumpSql(manyTables(count), dialect));
      const url = kind === "sqlite" ? "sqlite:///./bench.db" : database.url;
      // A single transaction would need more locks than a server has by default.
      must(
        kind === "sqlite"
          ? ["sh", "-c", "(echo 'BEGIN;'; cat schema.sql; echo 'COMMIT;') | sqlite3 -bail bench.db"]
          : ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "schema.sql", url],
        folder,
      );
      return {
        ours: [migrate, "-q", "check", "--models", "schema.sql", "--database-url", url],
        peer: kind === "sqlite"
          ? ["sh", "-c", "(echo 'BEGIN;'; cat schema.sql; echo 'COMMIT;') | sqlite3 -bail peer.db"]
          : [join(olderPostgres?.binaries ?? "", "pg_dump"), "--schema-only", url],
        peerName: kind === "sqlite" ? "sqlite3 loading them" : "pg_dump --schema-only",
        cwd: folder,
        runs: 7,
        reset: () => must(["rm", "-f", "peer.db"], folder),
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}
