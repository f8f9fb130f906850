import { expect, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { apparentMoves, proposeRenames } from "../../lib/autogenerate/renames/propose_renames.ts";
import type { Rename } from "../../lib/autogenerate/renames/rename.ts";
import {
  boolean,
  check,
  column,
  enumeration,
  foreignKey,
  index,
  integer,
  string,
  table,
  text,
  timestamp,
  unique,
} from "../../mod.ts";
import { emptySchema, type Schema, type Table } from "../../lib/schema/schema.ts";
import { diffRenamed } from "./diff_renamed.ts";

/** Returns the proposals as words: `users.mail:email`. */
function proposed(a: Schema, b: Schema, given: readonly Rename[] = []): readonly string[] {
  return proposeRenames(a, b, given).map(({ rename }) => {
    const { from, to } = rename;
    if (rename.kind === "table") return `${from}:${to}`;
    return `${rename.kind === "column" ? rename.table.name : rename.enum.name}.${from}:${to}`;
  });
}

function of(...tables: readonly Table[]): Schema {
  return { ...emptySchema, tables };
}

const id = column("id", integer(), { primaryKey: true });

function users(name: string, mail: string): Table {
  return table(
    name,
    id,
    column(mail, string(255), { nullable: false, unique: true }),
    column("age", integer()),
    column("created_at", timestamp()),
  );
}

test("proposeRenames() matches a table by its columns, and its column by position", () => {
  const [a, b] = [of(users("users", "mail")), of(users("people", "email"))];
  const [first, second] = proposeRenames(a, b);
  expect(proposed(a, b)).toEqual(["users:people", "people.mail:email"]);
  expect(second?.within).toBe(first);
  const operations = diffRenamed(a, b, proposeRenames(a, b).map((it) => it.rename));
  expect(operations.map((it) => it.kind)).toEqual(["renameTable", "renameColumn"]);
});

test("proposeRenames() proposes nothing if nothing is dropped or nothing is created", () => {
  const a = of(users("users", "mail"));
  expect(proposed(a, emptySchema)).toEqual([]);
  expect(proposed(emptySchema, a)).toEqual([]);
  expect(proposed(a, a)).toEqual([]);
  expect(proposed(a, of(users("users", "mail"), users("people", "mail")))).toEqual([]);
});

test("proposeRenames() does not count columns that every table has as similarity", () => {
  const common = [id, column("created_at", timestamp()), column("updated_at", timestamp())];
  const others = ["a", "b", "c", "d"].map((it) => table(it, ...common, column(`${it}x`, text())));
  const a = of(...others, table("posts", ...common, column("title", text())));
  const b = of(...others, table("rooms", ...common, column("floor", integer())));
  expect(proposed(a, b)).toEqual([]);
});

test("proposeRenames() matches each table once, with the more similar of two", () => {
  const a = of(users("user", "mail"), users("guest", "mail"));
  const b = of(users("guests", "mail"), users("users", "mail"));
  expect(proposed(a, b)).toEqual(["user:users", "guest:guests"]);
});

const pairs: Readonly<
  Record<string, readonly [before: Table, after: Table, expected: readonly string[]]>
> = {
  "matches a type of the same family": [
    table("t", id, column("mail", string(100)), column("z", integer())),
    table("t", id, column("email", string(255)), column("z", integer())),
    ["t.mail:email"],
  ],
  "does not match a type of another kind": [
    table("t", id, column("mail", text()), column("z", integer())),
    table("t", id, column("mails", boolean()), column("z", integer())),
    [],
  ],
  "does not match if neither position nor name is similar": [
    table("t", id, column("fax", text()), column("z", integer())),
    table("t", id, column("z", integer()), column("biography", text())),
    [],
  ],
  "matches by the foreign key on the column": [
    table("t", id, column("owner", integer(), { references: "t.id" }), column("z", text())),
    table("t", id, column("z", text()), column("author", integer(), { references: "t.id" })),
    ["t.owner:author"],
  ],
  "matches each column once, by similar names": [
    table("t", id, column("first_name", text()), column("last_name", text())),
    table("t", id, column("name_last", text()), column("name_first", text())),
    ["t.last_name:name_last", "t.first_name:name_first"],
  ],
};

for (const [name, [before, after, expected]] of Object.entries(pairs)) {
  test(`proposeRenames() of columns: ${name}`, () => {
    expect(proposed(of(before), of(after))).toEqual(expected);
  });
}

test("proposeRenames() leaves renamed indexes and constraints to diff()", () => {
  const t = (names: readonly [string, string, string]) =>
    table(
      "t",
      id,
      column("a", integer()),
      unique(["a"], { name: names[0] }),
      check("a > 0", { name: names[1] }),
      foreignKey(["a"], "t.id", { name: `${names[1]}_fk` }),
      index(names[2], ["a"]),
    );
  const [a, b] = [of(t(["u", "c", "i"])), of(t(["u2", "c2", "i2"]))];
  expect(proposed(a, b)).toEqual([]);
  expect(diff(a, b).map((it) => it.kind).sort()).toEqual([
    "renameConstraint",
    "renameConstraint",
    "renameConstraint",
    "renameIndex",
  ]);
});

const moods: readonly (readonly [string, string, readonly string[]])[] = [
  ["sad ok happy", "unhappy ok happy", ["mood.sad:unhappy"]],
  ["sad ok happy", "sad fine happy", ["mood.ok:fine"]],
  ["sad ok happy", "sad ok happy glad", []],
  ["sad ok happy", "sad happy", []],
  ["sad ok happy", "ok gloomy happy", []],
  ["sad ok", "ok sad", []],
  ["sad ok", "red green", []],
  ["to_do done", "todo Done", ["mood.to_do:todo", "mood.done:Done"]],
];

for (const [before, after, expected] of moods) {
  test(`proposeRenames() of enum values: ${before} becomes ${after}`, () => {
    const schema = (values: string): Schema => ({
      ...of(table("t", column("m", enumeration("mood", values.split(" "))))),
      enums: [{ name: "mood", values: values.split(" ") }],
    });
    expect(proposed(schema(before), schema(after))).toEqual([...expected]);
  });
}

test("proposeRenames() builds on the renames that are given", () => {
  const [a, b] = [of(users("users", "mail")), of(users("people", "email"))];
  const given: readonly Rename[] = [{ kind: "table", from: "users", to: "people" }];
  expect(proposed(a, b, given)).toEqual(["people.mail:email"]);
});

test("apparentMoves() finds tables that are in another schema under the same name", () => {
  const billing = users("billing.users", "email");
  const moved = [{ from: { name: "users" }, to: { schema: "billing", name: "users" } }];
  expect(apparentMoves(of(users("users", "mail")), of(billing), [])).toEqual(moved);
  expect(proposed(of(users("users", "mail")), of(billing))).toEqual([]);
  expect(apparentMoves(of(users("people", "mail")), of(billing), [])).toEqual([]);
  const renames = [{ kind: "table", from: "users", to: "people" }] as const;
  const both = of(billing, users("people", "mail"));
  expect(apparentMoves(of(users("users", "mail")), both, renames)).toEqual([]);
  expect(apparentMoves(of(users("users", "mail")), of(billing, table("t", id)), [])).toEqual(moved);
});
