import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dumpSql } from "../lib/autogenerate/dump_sql.ts";
import { postgres } from "../lib/dialect/postgres/dialect.ts";
import { manyTables } from "../tests/autogenerate/many_tables.ts";
import { startPostgresServer, urlOf } from "../tests/servers/guarded_server.ts";
import type { Case } from "./case.ts";
import { cleanUp, migrate, must, temporary } from "./folder.ts";

/**
 * A whole `check` that finds nothing, and has to load its models into a scratch database because
 * none are cached yet.
 */
export function modelsCase(count: number, atMost: number): Case {
  return {
    name: `check that loads ${count.toLocaleString("en")} tables, postgres`,
    atMost,
    prepare: async () => {
      const folder = temporary();
      // `psql -1` runs all of them in one transaction.
      const server = await startPostgresServer({ settings: ["max_locks_per_transaction=2000"] });
      const database = (name: string) => {
        must(["psql", "-q", "-c", `DROP DATABASE IF EXISTS ${name}`, urlOf(server)], folder);
        must(["psql", "-q", "-c", `CREATE DATABASE ${name}`, urlOf(server)], folder);
        return urlOf(server, name);
      };
      const stop = ["-v", "ON_ERROR_STOP=1"];
      const load = (url: string) => ["psql", "-q", "-1", ...stop, "-f", "schema.sql", url];
      must([migrate, "-q", "init"], folder);
      writeFileSync(join(folder, "schema.sql"), dumpSql(manyTables(count), postgres));
      const live = database("live");
      must(load(live), folder);
      return {
        ours: [migrate, "-q", "check", "--models", "schema.sql", "--database-url", live],
        peer: load(urlOf(server, "peer")),
        peerName: "psql -1 -f",
        cwd: folder,
        runs: 2,
        reset: (which) => {
          if (which === "peer") database("peer");
          else rmSync(join(folder, ".cache"), { recursive: true, force: true });
        },
        [Symbol.asyncDispose]: cleanUp(folder),
      };
    },
  };
}
