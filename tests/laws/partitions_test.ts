import { expect, test } from "bun:test";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import { collect } from "../../lib/operations/record/record.ts";
import { emptySchema, type QualifiedName } from "../../lib/schema/schema.ts";
import { column, foreignKey, integer, options, primaryKey, raw } from "../../mod.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { groundOf, perform } from "./ground.ts";

test("the inverse drops a table with partitions whose rows refer to each other", async () => {
  const part = (table: QualifiedName, value: number) =>
    options({ partitionOf: { table, bounds: raw(`FOR VALUES IN (${value})`) } });
  const recorded = await collect((op) => {
    op.createTable(
      "t",
      column("a", integer()),
      column("b", integer()),
      column("up", integer()),
      primaryKey(["a", "b"]),
      foreignKey(["up", "b"], { table: "t", columns: ["a", "b"] }),
      options({ partitionBy: raw("LIST (a)") }),
    );
    op.createTable("t1", part({ name: "t" }, 1));
    op.createTable("t2", part({ name: "t" }, 2), options({ partitionBy: raw("LIST (b)") }));
    op.createTable("t21", part({ name: "t2" }, 1));
  }, { dialect: "postgres", x: {}, tag: undefined });
  await using database = await freshDatabase("postgres");
  await using ground = await groundOf("postgres", database.url);
  await ground.clear();
  await perform(ground, recorded.map((it) => it.operation));
  await ground.connection.query({
    sql: "INSERT INTO t VALUES (1, 1, NULL), (2, 1, 1); UPDATE t SET up = 2 WHERE a = 1",
  });
  const inverse = invertAll(recorded, emptySchema);
  if ("reason" in inverse) throw new Error(inverse.reason);
  await perform(ground, inverse.map((it) => it.operation));
  expect(await ground.read()).toEqual(emptySchema);
}, 60_000);
