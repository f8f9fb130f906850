import { expect, test } from "bun:test";
import { nameConstraints } from "../../../lib/schema/name_constraints.ts";
import { parseDeclaredType, parseType } from "../../../lib/dialect/postgres/parse_type.ts";
import type { ColumnType } from "../../../lib/schema/types.ts";
import { column } from "../../../lib/schema/column.ts";
import { integer } from "../../../lib/schema/column_types.ts";
import { functionObject } from "../../../lib/schema/objects.ts";
import type { SchemaObject } from "../../../lib/schema/schema.ts";
import {
  check,
  exclude,
  foreignKey,
  primaryKey,
  table,
  unique,
} from "../../../lib/schema/table.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";

const long = "a_table_with_a_name_that_is_as_long_as_identifiers_can_be_in_it";
const awkward = [
  table(
    "short",
    column("a", integer()),
    column("b", integer()),
    primaryKey(["a"]),
    unique(["a", "b"]),
    unique(["b", "a"], { name: "short_b_a_key" }),
    unique(["b"]),
    foreignKey(["b"], "short.a"),
    foreignKey(["b"], "short.a", { onDelete: "cascade" }),
    check("b > 0", { name: "short_a_check" }),
    check("a > 0"),
    check("a < 9"),
    check("a < b"),
    check("1 = 1"),
  ),
  table(
    long,
    column("a_column_with_a_long_name_too", integer()),
    column("größe_größe_größe_größe_größe_größe", integer()),
    primaryKey(["a_column_with_a_long_name_too"]),
    unique(["a_column_with_a_long_name_too", "größe_größe_größe_größe_größe_größe"]),
    check("größe_größe_größe_größe_größe_größe > 0"),
  ),
  table("größe".repeat(9), column("x", integer()), unique(["x"])),
  table(
    "kept",
    column("a", integer()),
    column("b", integer()),
    primaryKey(["a"], { include: ["b"] }),
    unique(["b"], { include: ["a"] }),
    exclude([{ on: "a", operator: "=" }], { using: "btree", include: ["b"] }),
  ),
];

test("nameConstraints() predicts the names that PostgreSQL generates", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  await connection.batch(
    awkward.flatMap((it) => postgres.compile({ kind: "createTable", table: it })),
  );
  const { tables } = await postgres.introspect(connection);
  for (const wanted of awkward) {
    const found = tables.find((it) => it.name === wanted.name);
    expect(found?.constraints.map((it) => it.name).sort())
      .toEqual(nameConstraints(wanted).map((it) => it.name).sort());
  }
});

const types: readonly [text: string, type: ColumnType][] = [
  ["int4", { kind: "integer", bits: 32 }],
  ["BIGINT", { kind: "integer", bits: 64 }],
  ["VarChar ( 40 )", { kind: "string", length: 40 }],
  ["decimal(9, 2)", { kind: "numeric", precision: 9, scale: 2 }],
  ["numeric(9,0)", { kind: "numeric", precision: 9 }],
  ["timestamptz(3)", { kind: "timestamp", timezone: true, precision: 3 }],
  ["timestamp  without time zone", { kind: "timestamp", timezone: false }],
  ["time", { kind: "time", timezone: false }],
  ["timestamp", { kind: "timestamp", timezone: false }],
  ["float8[]", { kind: "array", of: { kind: "float", bits: 64 } }],
  ["char(3)", { kind: "native", sql: "character(3)" }],
  ["citext", { kind: "native", sql: "citext" }],
  ['"My Type"', { kind: "native", sql: '"My Type"' }],
  ["geometry(Point,4326)", { kind: "native", sql: "geometry(Point,4326)" }],
];

for (const [text, type] of types) {
  test(`parseDeclaredType() reads ${text}`, () => {
    expect(parseDeclaredType(text)).toEqual(type);
  });
}

test("parseType() agrees with parseDeclaredType() on the server's own spelling", () => {
  for (const text of ["integer", "character varying(9)", "timestamp(3) with time zone", "jsonb"]) {
    expect(parseType(text)).toEqual(parseDeclaredType(text));
  }
});

test("normalize() identifies a routine by its argument types, however they are written", async () => {
  await using database = await freshDatabase("postgres");
  await using connection = await connect(database.url);
  const body = "LANGUAGE sql AS 'SELECT 1'";
  const said = [
    "plain(int4, varchar(10), numeric(10, 2))",
    "named(a integer, IN b text, OUT c integer, VARIADIC d int[])",
    'quoted("a b" integer, "c,d" double precision)',
  ].map((it) => functionObject(it, `CREATE FUNCTION ${it} RETURNS integer ${body}`));
  await connection.batch(said.map((it) => it.definition));
  const { objects } = await postgres.introspect(connection);
  const known = (all: readonly SchemaObject[]) => all.map((it) => [it.name, it.arguments]).sort();
  expect(known(postgres.normalize({ tables: [], enums: [], objects: said }).objects))
    .toEqual(known(objects));
});
