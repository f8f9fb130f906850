import { expect, test } from "bun:test";
import { parseRenames } from "../../lib/autogenerate/renames/parse_renames.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { column, index, integer, table, text, ToolError, unique, view } from "../../mod.ts";

const before: Schema = {
  tables: [
    table(
      "users",
      column("mail", text()),
      column("age", integer()),
      column("old", text()),
      unique(["mail"], { name: "uq" }),
      index("ix", ["age"]),
    ),
    table("app.users", column("mail", text())),
    table("app", column("users", text())),
    table("My.Odd:Table", column('a "b"', text())),
    table("kept", column("a", text())),
  ],
  enums: [{ name: "mood", values: ["sad", "very.sad"] }],
  objects: [view("adults", "SELECT 1")],
};

const after: Schema = {
  tables: [
    table("people", column("email", text()), column("age", integer()), column("years", integer())),
    table("app.people", column("email", text())),
    table("app", column("people", text()), column("persons", text())),
    table("plain", column("c", text())),
    table("kept", column("a", text()), column("b", text())),
  ],
  enums: [{ name: "mood", values: ["unhappy", "miserable"] }],
  objects: [],
};

const users = { kind: "table", from: "users", to: "people" } as const;

const read: Readonly<
  Record<string, readonly [texts: readonly string[], renames: readonly unknown[]]>
> = {
  "a table": [["users:people"], [users]],
  "a table in another schema": [
    ["table:app.users:app.people"],
    [{ kind: "table", schema: "app", from: "users", to: "people" }],
  ],
  "a column by its table's old name": [
    ["users.mail:email", "users:people"],
    [{ kind: "column", table: { name: "people" }, from: "mail", to: "email" }, users],
  ],
  "a column by its table's new name": [
    ["users:people", "people.mail:email"],
    [users, { kind: "column", table: { name: "people" }, from: "mail", to: "email" }],
  ],
  "a column with its full name on both sides, in another schema": [
    ["table:app.users:people", "app.users.mail:app.users.email"],
    [
      { kind: "table", schema: "app", from: "users", to: "people" },
      { kind: "column", table: { schema: "app", name: "people" }, from: "mail", to: "email" },
    ],
  ],
  "a column marked as one, where a table would fit too": [
    ["column:app.users:people"],
    [{ kind: "column", table: { name: "app" }, from: "users", to: "people" }],
  ],
  "an unmarked name that fits a table and a column, by its new name": [
    ["app.users:persons"],
    [{ kind: "column", table: { name: "app" }, from: "users", to: "persons" }],
  ],
  "a column whose old name a new one takes": [
    ["kept.a:b"],
    [{ kind: "column", table: { name: "kept" }, from: "a", to: "b" }],
  ],
  "an enum value": [
    ["mood.sad:unhappy", 'value:mood."very.sad":miserable'],
    [
      { kind: "enumValue", enum: { name: "mood" }, from: "sad", to: "unhappy" },
      { kind: "enumValue", enum: { name: "mood" }, from: "very.sad", to: "miserable" },
    ],
  ],
};

for (const [name, [texts, renames]] of Object.entries(read)) {
  test(`parseRenames() reads ${name}`, () => {
    expect(parseRenames(texts, before, after)).toEqual(renames as never);
  });
}

test("parseRenames() reads names in double quotes as SQL does", () => {
  const odd: Schema = {
    ...before,
    tables: [table({ name: "My.Odd:Table" }, column('a "b"', text()))],
  };
  const renames = parseRenames(
    ['"My.Odd:Table":plain', '"My.Odd:Table"."a ""b""":c'],
    odd,
    after,
  );
  expect(renames).toEqual([
    { kind: "table", from: "My.Odd:Table", to: "plain" },
    { kind: "column", table: { name: "plain" }, from: 'a "b"', to: "c" },
  ]);
});

test("parseRenames() allows a new name that another rename frees", () => {
  const swapped: Schema = {
    ...before,
    tables: [
      table("kept", column("age", text()), column("mail", integer()), column("new", text())),
      table("users", column("a", text())),
    ],
  };
  const texts = ["users:kept", "kept:users", "users.mail:age", "users.age:mail", "users.old:new"];
  const kept = { kind: "column", table: { name: "kept" } } as const;
  expect(parseRenames(texts, before, swapped)).toEqual([
    { kind: "table", from: "users", to: "kept" },
    { kind: "table", from: "kept", to: "users" },
    { ...kept, from: "mail", to: "age" },
    { ...kept, from: "age", to: "mail" },
    { ...kept, from: "old", to: "new" },
  ]);
});

const refused: Readonly<Record<string, string>> = {
  "users.mail":
    'Cannot read the rename "users.mail": it must be old:new | Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value',
  "a:b:c":
    'Cannot read the rename "a:b:c": it must be old:new | Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value',
  ":people":
    'Cannot read the rename ":people": it must be old:new | Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value',
  'users"x":people':
    'Cannot read the rename "users"x":people": it must be old:new | Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value',
  "usres:people":
    'Cannot use the rename "usres:people": there is no table, column or enum value "usres" | Did you mean "users"?',
  "users.mial:email":
    'Cannot use the rename "users.mial:email": there is no table, column or enum value "users.mial" | Did you mean "users.mail"?',
  "users.mail:age":
    'Cannot use the rename "users.mail:age": there is already a column "age" | Leave this rename out; or, if what has that name is renamed as well, add its rename',
  "users:peple":
    'Cannot use the rename "users:peple": there is no table "peple" afterwards | Did you mean "people"?',
  "mood.sad:glum":
    'Cannot use the rename "mood.sad:glum": there is no value "glum" afterwards | What is new: unhappy, miserable',
  "users:app.people":
    'Cannot use the rename "users:app.people": a rename cannot move anything elsewhere | If it was moved, do that in a revision of its own, with op.execute("ALTER TABLE users SET SCHEMA app"), and upgrade to it first',
  "app.users:public.people":
    'Cannot use the rename "app.users:public.people": a rename cannot move anything elsewhere | If it was moved, do that in a revision of its own, with op.execute("ALTER TABLE app.users SET SCHEMA public"), and upgrade to it first',
  "users.mail:people.mail":
    'Cannot use the rename "users.mail:people.mail": a rename cannot move anything elsewhere | Leave this rename out',
  "users.mail:people.email":
    'Cannot use the rename "users.mail:people.email": a rename cannot move anything elsewhere | Write users.mail:email',
  "app.users:people":
    'Cannot tell what the rename "app.users:people" means: it may be a table or a column | Write table:app.users:people or column:app.users:people',
  "users.ix:iy":
    'Cannot use the rename "users.ix:iy": "users.ix" is an index | Leave this rename out: what differs only in its name is renamed automatically',
  "uq:uq2":
    'Cannot use the rename "uq:uq2": "uq" is a constraint | Leave this rename out: what differs only in its name is renamed automatically',
  "adults:grown":
    'Cannot use the rename "adults:grown": "adults" is a view | Leave this rename out: it is dropped, and created under its new name',
};

for (const [text, expected] of Object.entries(refused)) {
  test(`parseRenames() refuses ${text}`, () => {
    expect(refusal(text)).toBe(expected);
  });
}

function refusal(text: string): string {
  try {
    return JSON.stringify(parseRenames([text], before, after, "public"));
  } catch (error) {
    if (error instanceof ToolError) return `${error.message} | ${error.facts.hint}`;
    throw error;
  }
}
