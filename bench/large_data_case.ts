import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../tests/servers/fresh_database.ts";
import type { Case } from "./case.ts";
import { cleanUp, emptyPostgres, migrate, temporary } from "./folder.ts";
import { writeRows } from "./write_rows.ts";

const statements = {
  begin: "CREATE TABLE people (id bigint, name text, note text);\n",
  row: (n: number) =>
    `INSERT INTO people (id, name, note) VALUES (${n}, 'user number ${n}', 'with some more text to fill the line');\n`,
  count: 1_700_000,
};

/** A revision of 200 MB: 1,700,000 INSERT statements with one row each. */
export function largeDataCase(kind: "sqlite" | "postgres", atMost: number): Case {
  return {
    name: `200 MB of INSERT statements, ${kind}`,
    atMost,
    atMostMegabytes: 150,
    prepare: async () => {
      const folder = temporary();
      const database = await freshDatabase(kind);
      mkdirSync(join(folder, "migrations/versions"), { recursive: true });
      writeRows(join(folder, "migrations/versions/1_people.sql"), {
        ...statements,
        begin: `-- revision: r1\n-- down_revision: null\n-- migrate:up\n${statements.begin}`,
      });
      writeRows(join(folder, "all.sql"), statements);
      const url = kind === "sqlite" ? "sqlite:///ours.db" : database.url;
      return {
        ours: [migrate, "-q", "upgrade", "head", "--database-url", url],
        peer: kind === "sqlite"
          ? ["sh", "-c", "(echo 'BEGIN;'; cat all.sql; echo 'COMMIT;') | sqlite3 -bail peer.db"]
          : ["psql", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "all.sql", database.url],
        peerName: kind === "sqlite" ? "sqlite3 in one transaction" : "psql -1 -f",
        cwd: folder,
        runs: 2,
        reset: () => {
          if (kind === "sqlite") {
            for (const it of ["ours.db", "peer.db"]) rmSync(join(folder, it), { force: true });
          } else {
            const tables = "people, alembic_version, migrate_history";
            emptyPostgres(database.url, folder, `DROP TABLE IF EXISTS ${tables}`);
          }
        },
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}
