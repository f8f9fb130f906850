import { expect, test } from "bun:test";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import { collect } from "../../lib/operations/record/record.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { emptySchema, type Index, type Schema } from "../../lib/schema/schema.ts";
import { check, column, foreignKey, integer, options, primaryKey, raw } from "../../mod.ts";
import { connect } from "../driver/connect.ts";
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

test("a detached partition keeps the names that the server gave to its indexes", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  const on = [
    "a) INCLUDE (c, b",
    "(b || 'x'), (c || 'x'), a",
    "a, b, a",
    "lower(b), upper(c)",
    "(lower(b) || upper(c))",
    "((b)::varchar(9)), (c::text)",
    "(CASE WHEN a > 0 THEN b END)",
    "coalesce(b, c) DESC",
    `"odd (name"("B""c")`,
    `("B""c"), ((("B""c")))`,
    "public.shout(b)",
    "abs(abs(a))",
  ];
  await connection.query({
    sql: `CREATE FUNCTION "odd (name"(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION shout(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
      CREATE TABLE t (a integer, b text, c varchar(20), "B""c" text) PARTITION BY LIST (a);
      CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
      ${on.map((it, at) => `CREATE INDEX ix_${at} ON t (${it});`).join("\n")}`,
  });
  const before = await postgres.introspect(connection);
  const [detach] = await collect(
    (op) => op.detachPartition("t", "t1"),
    { dialect: "postgres", x: {}, tag: undefined },
  );
  await connection.query({ sql: "ALTER TABLE t DETACH PARTITION t1" });
  const indexes = ({ tables }: Schema) => tables.find((it) => it.name === "t1")?.indexes;
  const after = indexes(await postgres.introspect(connection));
  expect(after?.length).toBe(on.length);
  const byName = (all: readonly Index[] = []) =>
    all.toSorted((one, other) => one.name < other.name ? -1 : 1);
  expect(byName(detach && indexes(apply(detach.operation, before)))).toEqual(byName(after));
});
