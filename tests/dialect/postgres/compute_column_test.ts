import { expect, test } from "bun:test";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

const compute = {
  kind: "alterColumn",
  table: { name: "t" },
  column: "b",
  change: { generated: { expression: { sql: "a + 1" }, stored: true } },
  existing: { generated: null, type: { kind: "integer", bits: 32 }, nullable: false },
} as const;

const standing = [
  "CREATE INDEX ON t (b)",
  "CREATE INDEX ON t (a, (b + 1))",
  "ALTER TABLE t ADD UNIQUE (b)",
  "ALTER TABLE t ADD CHECK (b > a)",
  "ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t",
];

test.each(["", ...standing])(
  "a plain column becomes computed only if nothing depends on it: %s",
  async (sql) => {
    await using database = await freshDatabase("postgres");
    await using connection = await connect(database.url);
    await connection.query({
      sql: "CREATE TABLE t (a integer PRIMARY KEY, b integer NOT NULL DEFAULT 1)",
    });
    if (sql !== "") await connection.query({ sql });
    const run = async () => {
      for (const it of postgres.compile(compute)) await connection.query(it);
    };
    if (sql !== "") {
      await expect(run()).rejects.toThrow("something depends on the column");
      return;
    }
    await connection.query({ sql: "INSERT INTO t VALUES (0, 1), (-1, 0)" });
    await run();
    expect(await connection.query({ sql: "SELECT b FROM t ORDER BY a" })).toEqual([{ b: 0 }, {
      b: 1,
    }]);
  },
  60_000,
);
