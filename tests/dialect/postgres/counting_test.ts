import { expect, test } from "bun:test";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import type { IdentityChange } from "../../../lib/operations/column_change.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

const cases: readonly (readonly [how: IdentityChange, next: bigint | number])[] = [
  [{ generation: "byDefault" }, 8],
  [{ generation: "always" }, 8],
  [{ generation: "serial" }, 8],
  [{ generation: "byDefault", start: 5 }, 8],
  [{ generation: "byDefault", start: 100 }, 100],
  [{ generation: "byDefault", minValue: 50 }, 50],
  [{ generation: "byDefault", increment: 10 }, 17],
  [{ generation: "byDefault", increment: -1 }, -1],
];

test.each(cases)("a plain column that becomes %j continues at %d", async (identity, next) => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.query({ sql: "CREATE TABLE t (id integer NOT NULL, a text)" });
  await connection.query({ sql: "INSERT INTO t VALUES (7, 'x')" });
  const operation = {
    kind: "alterColumn",
    table: { name: "t" },
    column: "id",
    change: { identity },
  } as const;
  for (const it of postgres.compile(operation)) await connection.query(it);
  await connection.query({ sql: "INSERT INTO t (a) VALUES ('y')" });
  expect(await connection.query({ sql: "SELECT id FROM t WHERE a = 'y'" })).toEqual([{ id: next }]);
}, 60_000);
