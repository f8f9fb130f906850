import { expect, test } from "bun:test";
import { column } from "../../lib/schema/column.ts";
import { integer } from "../../lib/schema/column_types.ts";
import { f } from "../../lib/schema/constraint_name.ts";
import { nameTable, type NamingConvention, namingFor } from "../../lib/schema/naming.ts";
import type { Constraint } from "../../lib/schema/schema.ts";
import {
  check,
  exclude,
  foreignKey,
  index,
  primaryKey,
  table,
  unique,
} from "../../lib/schema/table.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

/** The convention that SQLAlchemy's manual recommends. */
const convention: NamingConvention = {
  ix: "ix_%(column_0_label)s",
  uq: "uq_%(table_name)s_%(column_0_name)s",
  ck: "ck_%(table_name)s_%(constraint_name)s",
  fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
  pk: "pk_%(table_name)s",
};

function names(
  parts: readonly Constraint[],
  { naming = convention, name = "users", longest = 63 }: {
    readonly naming?: NamingConvention;
    readonly name?: string;
    readonly longest?: number;
  } = {},
): readonly (string | undefined)[] {
  const made = table(name, column("a", integer()), column("b", integer()), ...parts);
  return nameTable(made, { convention: naming, longest }).constraints.map((it) => it.name);
}

test("unnamed constraints are named by the convention", () => {
  expect(names([primaryKey(["a"]), unique(["a", "b"]), foreignKey(["b"], "app.teams.id")]))
    .toEqual(["pk_users", "uq_users_a", "fk_users_b_teams"]);
});

test("a given name fills %(constraint_name)s, and is kept if the template has no such token", () => {
  expect(names([check("a > 0", { name: "positive" }), unique(["a"], { name: "mine" })]))
    .toEqual(["ck_users_positive", "mine"]);
});

test("what a template that builds on a name cannot name stays without one, as SQLite allows", async () => {
  const made = table("users", column("a", integer()), check("a > 0"), unique(["a"]));
  const named = nameTable(made, namingFor(convention, "sqlite")).constraints;
  expect(named.map((it) => it.name)).toEqual([undefined, "uq_users_a"]);
  const error = await toolErrorOf(() => nameTable(made, namingFor(convention, "postgres")));
  expect(error.message).toContain("it has none");
});

test("f() exempts a name from the template, and leaves no mark", () => {
  const [constraint] = nameTable(
    table(
      "users",
      column("a", integer(), { check: "a > 0", unique: f("u") }),
      check("a > 1", { name: f("c") }),
    ),
    { convention: { ck: "x" } },
  ).constraints.slice(-1);
  expect(constraint).toEqual({ kind: "check", name: "c", expression: { sql: "a > 1" } });
});

test("a template can name all columns together or one by its position", () => {
  const named = (uq: string) => names([unique(["a", "b"])], { naming: { uq } })[0];
  expect(named("%(column_0N_name)s")).toBe("ab");
  expect(named("%(column_0_N_name)s")).toBe("a_b");
  expect(named("%(column_0_N_label)s")).toBe("users_a_users_b");
  expect(named("%(column_1_name)s_%(column_0_key)s")).toBe("b_a");
  const fk = "%(referred_column_0_N_name)s_%(referred_table_name)s";
  expect(names([foreignKey(["a", "b"], ["t.x", "t.y"])], { naming: { fk } })).toEqual(["x_y_t"]);
  expect(names([exclude([{ on: "b", operator: "=" }])], { naming: { ex: "ex_%(column_0_name)s" } }))
    .toEqual(["ex_b"]);
});

test("a name that is too long ends with four digits of its MD5, as SQLAlchemy's does", () => {
  const name = "a_table_with_a_name_that_is_rather_long_for_a_database";
  expect(names([unique(["a"])], { name, longest: 40 }))
    .toEqual([`uq_${name}`.slice(0, 32) + "_" + md5(`uq_${name}_a`).slice(-4)]);
  expect(names([unique(["a"])], { name, longest: 63 })).toEqual([`uq_${name}_a`]);
  // PostgreSQL counts bytes, and truncates longer names.
  const umlauts = "ü".repeat(35);
  expect(names([unique(["a"])], { name: umlauts, longest: 63 }))
    .toEqual([`uq_${"ü".repeat(26)}_${md5(`uq_${umlauts}_a`).slice(-4)}`]);
});

test("an unnamed index is named by the convention, and a named one is not", () => {
  const made = table(
    "app.users",
    column("a", integer(), { index: true }),
    column("b", integer(), { index: "mine" }),
    index("other", ["a"]),
  );
  expect(made.indexes.map((it) => it.name)).toEqual(["ix_app_users_a", "mine", "other"]);
  const { indexes } = nameTable(made, { convention: { ix: "i_%(table_name)s_%(column_0_name)s" } });
  expect(indexes.map((it) => it.name)).toEqual(["i_users_a", "mine", "other"]);
});

test("a missing name and an unknown token are errors", async () => {
  const missing = await toolErrorOf(() => names([check("a > 0")]));
  expect(missing.message).toContain('Cannot name a constraint of "users"');
  const unknown = await toolErrorOf(() => names([unique(["a"])], { naming: { uq: "%(nope)s" } }));
  expect(unknown.message).toBe("Cannot read the naming convention: unknown token %(nope)s");
});

function md5(text: string): string {
  return new Bun.CryptoHasher("md5").update(text).digest("hex");
}
