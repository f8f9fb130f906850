import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import { collect } from "../../lib/operations/record/record.ts";
import { emptySchema } from "../../lib/schema/schema.ts";
import { check, column, foreignKey, integer, options, primaryKey, raw } from "../../mod.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { groundOf, perform } from "./ground.ts";

const part = (table: string, value: number) =>
  options({ partitionOf: { table: { name: table }, bounds: raw(`FOR VALUES IN (${value})`) } });

test(
  "the inverse restores detached and dropped partitions with what they inherited",
  async () => {
    const context = { dialect: "postgres", x: {}, tag: undefined } as const;
    const made = await collect((op) => {
      op.createTable("p", column("a", integer(), { primaryKey: true }));
      op.createTable(
        "t",
        column("a", integer()),
        column("b", integer()),
        foreignKey(["a"], "p.a"),
        check("a > b"),
        check("b > 0"),
        options({ partitionBy: raw("LIST (a)") }),
      );
      op.createTable("t1", check("b > 1"), part("t", 1), options({ partitionBy: raw("LIST (b)") }));
      op.createTable("t11", check("b > 2"), part("t1", 3));
    }, context);
    const gone = await collect((op) => {
      op.detachPartition("t1", "t11");
      op.dropTable("t11");
      op.detachPartition("t", "t1");
      op.dropTable("t1");
    }, context);
    await using database = await freshDatabase("postgres");
    await using ground = await groundOf("postgres", database.url);
    await ground.clear();
    await perform(ground, made.map((it) => it.operation));
    const before = await ground.read();
    await perform(ground, gone.map((it) => it.operation));
    const recorded = made.reduce((schema, it) => apply(it.operation, schema), emptySchema);
    const inverse = invertAll(gone, recorded);
    if ("reason" in inverse) throw new Error(inverse.reason);
    await perform(ground, inverse.map((it) => it.operation));
    expect(await ground.read()).toEqual(before);
  },
  60_000,
);

test("the inverse drops a table with partitions whose rows refer to each other", async () => {
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
    op.createTable("t1", part("t", 1));
    op.createTable("t2", part("t", 2), options({ partitionBy: raw("LIST (b)") }));
    op.createTable("t21", part("t2", 1));
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
