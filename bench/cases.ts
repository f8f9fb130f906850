import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../tests/servers/fresh_database.ts";
import type { Case } from "./case.ts";
import { cleanUp, emptyPostgres, migrate, must, root, temporary, timed } from "./folder.ts";
import { introspectionCase } from "./introspection_case.ts";
import { checkCase } from "./check_case.ts";
import { largeDataCase } from "./large_data_case.ts";
import { modelsCase } from "./models_case.ts";
import { writeRows } from "./write_rows.ts";

const dbmate = join(root, `node_modules/@dbmate/linux-${process.arch}/bin/dbmate`);

type Kind = "sqlite" | "postgres";

export const cases: readonly Case[] = [
  currentCase("sqlite"),
  currentCase("postgres"),
  manyFilesCase("history", ["history"]),
  manyFilesCase("no-op upgrade", ["upgrade", "head"]),
  smallMigrationsCase("sqlite", 1000, 1.5),
  smallMigrationsCase("sqlite", 2000, 1.5),
  smallMigrationsCase("postgres", 1000, 1.1),
  smallMigrationsCase("postgres", 2000, 1.1),
  copyCase(),
  largeDataCase("sqlite", 1.1),
  largeDataCase("postgres", 1),
  rebuildCase(),
  introspectionCase(),
  checkCase("sqlite", 1000, 1.5),
  checkCase("postgres", 3000, 1.5),
  modelsCase(3000, 1.1),
];

function currentCase(kind: Kind): Case {
  return {
    name: `current, 10 revisions, ${kind}`,
    atMost: 1.4,
    prepare: async () => {
      const folder = temporary();
      const database = await freshDatabase(kind);
      writeSmallMigrations(folder, 10);
      writeDbmate(folder, 10);
      const url = kind === "sqlite"
        ? `sqlite:${folder}/bench.db`
        : `${database.url}?sslmode=disable`;
      const peerUrl = kind === "sqlite" ? `sqlite:${folder}/peer.db` : url;
      must([migrate, "upgrade", "head", "--database-url", ours(url)], folder);
      if (kind === "postgres") must(["psql", "-q", url, "-c", tablesDropped(10)], folder);
      must([dbmate, "--url", peerUrl, "--no-dump-schema", "-d", "dbmate", "up"], folder);
      return {
        ours: [migrate, "current", "--database-url", ours(url)],
        peer: [dbmate, "--url", peerUrl, "-d", "dbmate", "status"],
        peerName: "dbmate status",
        cwd: folder,
        runs: 30,
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}

function manyFilesCase(name: string, command: readonly string[]): Case {
  return {
    name: `${name}, 10,000 files`,
    atMost: 1.5,
    prepare: async () => {
      const folder = temporary();
      writeSmallMigrations(folder, 10_000);
      const url = `sqlite:${folder}/bench.db`;
      must([
        "sqlite3",
        "bench.db",
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY); INSERT INTO alembic_version VALUES ('r09999')",
      ], folder);
      const start = Math.min(
        ...Array.from({ length: 10 }, () => timed([migrate, "--version"], folder)),
      );
      return {
        ours: [migrate, ...command, "--database-url", ours(url)],
        peer: ["sh", "-c", "cat migrations/versions/* > /dev/null"],
        peerName: "cat versions/* + bare start",
        plus: () => start,
        cwd: folder,
        runs: 10,
        [Symbol.asyncDispose]: cleanUp(folder),
      };
    },
  };
}

function smallMigrationsCase(kind: Kind, count: number, atMost: number): Case {
  return {
    name: `${count.toLocaleString("en")} small .sql migrations, ${kind}`,
    atMost,
    prepare: async () => {
      const folder = temporary();
      const database = await freshDatabase(kind);
      writeSmallMigrations(folder, count);
      writeFileSync(join(folder, "all.sql"), smallMigrations(count).join("\n"));
      // One by one: a single transaction would need more locks than a server has by default.
      const drops = smallMigrations(count).map((_, n) => `DROP TABLE IF EXISTS t${n};`);
      writeFileSync(
        join(folder, "drop.sql"),
        [...drops, "DROP TABLE IF EXISTS alembic_version, migrate_history;"].join("\n"),
      );
      return {
        ours: [
          migrate,
          "-q",
          "upgrade",
          "head",
          "--database-url",
          kind === "sqlite" ? "sqlite:///bench.db" : database.url,
        ],
        peer: kind === "sqlite"
          ? ["sh", "-c", "(echo 'BEGIN;'; cat all.sql; echo 'COMMIT;') | sqlite3 -bail peer.db"]
          : ["psql", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "all.sql", database.url],
        peerName: kind === "sqlite" ? "sqlite3 in one transaction" : "psql -1 -f",
        cwd: folder,
        runs: kind === "sqlite" ? 15 : 5,
        reset: () => {
          if (kind === "sqlite") {
            for (const it of ["bench.db", "peer.db"]) rmSync(join(folder, it), { force: true });
          } else must(["psql", "-q", "-f", "drop.sql", database.url], folder);
        },
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}

function copyCase(): Case {
  return {
    name: "COPY of 1,000,000 rows, postgres",
    atMost: 1.3,
    atMostMegabytes: 150,
    prepare: async () => {
      const folder = temporary();
      const database = await freshDatabase("postgres");
      const begin =
        "CREATE TABLE people (id bigint, name text, at timestamp);\nCOPY people (id, name, at) FROM STDIN;\n";
      const row = (n: number) =>
        `${n}\tuser number ${n} with some more text to fill the line up\t2026-01-08 14:30:00\n`;
      const rows = { begin, row, count: 1_000_000, end: "\\.\n" };
      mkdirSync(join(folder, "migrations/versions"), { recursive: true });
      writeRows(join(folder, "migrations/versions/1_copy.sql"), {
        ...rows,
        begin: `-- revision: r1\n-- down_revision: null\n-- migrate:up\n${begin}`,
      });
      writeRows(join(folder, "all.sql"), rows);
      return {
        ours: [migrate, "-q", "upgrade", "head", "--database-url", database.url],
        peer: ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "all.sql", database.url],
        peerName: "psql -f",
        cwd: folder,
        runs: 4,
        reset: () =>
          emptyPostgres(
            database.url,
            folder,
            "DROP TABLE IF EXISTS people, alembic_version, migrate_history",
          ),
        [Symbol.asyncDispose]: cleanUp(folder, database),
      };
    },
  };
}

/** A table of 1,000,000 rows with two indexes, 134 MB, rebuilt with a column that is not null. */
function rebuildCase(): Case {
  return {
    name: "rebuild of 1,000,000 rows, sqlite",
    atMost: 1.1,
    prepare: async () => {
      const folder = temporary();
      const columns = "id INTEGER PRIMARY KEY, name TEXT, at TEXT, note TEXT";
      const indexes = [
        "CREATE INDEX ix_name ON people (name);",
        "CREATE INDEX ix_at ON people (at);",
      ];
      writeFileSync(
        join(folder, "fill.sql"),
        `CREATE TABLE people (${columns});
INSERT INTO people WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
  SELECT i, 'user number ' || (i * 7919 % 1000003), datetime(i * 60, 'unixepoch'), 'more text to fill a line ' || i
  FROM n;
${indexes.join("\n")}`,
      );
      must(["sh", "-c", "sqlite3 -bail full.db < fill.sql"], folder);
      writeFileSync(
        join(folder, "by_hand.sql"),
        `BEGIN IMMEDIATE;
CREATE TABLE people_new (${columns.replace("name TEXT", "name TEXT NOT NULL")});
INSERT INTO people_new (id, name, at, note) SELECT id, name, at, note FROM people;
DROP TABLE people;
ALTER TABLE people_new RENAME TO people;
${indexes.join("\n")}
COMMIT;`,
      );
      mkdirSync(join(folder, "migrations/versions"), { recursive: true });
      writeFileSync(
        join(folder, "migrations/versions/1_not_null.ts"),
        `import type { Operations } from "migrate";
export const revision = "r1";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.alterColumn("people", "name", { nullable: false });
}
`,
      );
      return {
        ours: [migrate, "-q", "upgrade", "head", "--database-url", "sqlite:///ours.db"],
        peer: ["sh", "-c", "sqlite3 -bail peer.db < by_hand.sql"],
        peerName: "sqlite3, by hand",
        cwd: folder,
        runs: 4,
        reset: (which) => must(["sh", "-c", `cp full.db ${which}.db && sync ${which}.db`], folder),
        [Symbol.asyncDispose]: cleanUp(folder),
      };
    },
  };
}

function smallMigrations(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, n) =>
      `CREATE TABLE t${n} (id integer PRIMARY KEY, a text NOT NULL, b text, c integer DEFAULT 0, d text);\nCREATE INDEX ix_t${n} ON t${n} (a);`,
  );
}

function writeSmallMigrations(folder: string, count: number): void {
  const versions = join(folder, "migrations/versions");
  mkdirSync(versions, { recursive: true });
  for (const [n, sql] of smallMigrations(count).entries()) {
    const down = n === 0 ? "null" : id(n - 1);
    writeFileSync(
      join(versions, `${id(n)}_table.sql`),
      `-- message: table ${n}\n-- revision: ${
        id(n)
      }\n-- down_revision: ${down}\n-- migrate:up\n${sql}\n-- migrate:down\nDROP TABLE t${n};\n`,
    );
  }
}

function writeDbmate(folder: string, count: number): void {
  mkdirSync(join(folder, "dbmate"));
  for (const [n, sql] of smallMigrations(count).entries()) {
    writeFileSync(
      join(folder, "dbmate", `${20260101000000 + n}_table.sql`),
      `-- migrate:up\n${sql}\n-- migrate:down\nDROP TABLE t${n};\n`,
    );
  }
}

function tablesDropped(count: number): string {
  return `DROP TABLE ${Array.from({ length: count }, (_, n) => `t${n}`).join(", ")}`;
}

function id(n: number): string {
  return `r${String(n).padStart(5, "0")}`;
}

/** dbmate writes `sqlite:/path`, we `sqlite:////path`. */
function ours(url: string): string {
  return url.replace(/^sqlite:(?=\/[^/])/, "sqlite:///");
}
