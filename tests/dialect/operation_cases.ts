import { column } from "../../lib/schema/column.ts";
import * as type from "../../lib/schema/column_types.ts";
import { now, raw } from "../../lib/schema/expressions.ts";
import { check, comment, foreignKey, index, primaryKey, unique } from "../../lib/schema/table.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import type { OperationCase } from "./operation_case.ts";
import { sql } from "../../lib/sql/template.ts";

const { integer, bigint, string, text, timestamp } = type;

/** Two tables, one of which refers to the other. */
function blog(op: Operations): void {
  op.createTable(
    "users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false }),
    column("age", integer(), { serverDefault: 7 }),
    column("bio", text(), { comment: "in Markdown" }),
    index("ix_users_email", ["email"]),
  );
  op.createTable(
    "posts",
    column("id", integer(), { primaryKey: true }),
    column("user_id", integer(), { references: "users.id" }),
  );
}

/** A schema of its own, with a table in it. */
function app(op: Operations): void {
  op.execute(op.dialect === "postgres" ? "CREATE SCHEMA app" : "ATTACH ':memory:' AS app");
  op.createTable("app.users", column("id", integer(), { primaryKey: true }));
}

export const operationCases: readonly OperationCase[] = [
  {
    name: "createTable: an integer key counts itself up",
    call: (op) => op.createTable("users", column("id", integer(), { primaryKey: true })),
  },
  {
    name: "createTable: a bigint key counts itself up, and keeps its name",
    call: (op) =>
      op.createTable("users", column("id", bigint()), primaryKey(["id"], { name: "pk" })),
  },
  {
    name: "createTable: a key with a default does not count itself up",
    call: (op) =>
      op.createTable("users", column("id", integer(), { primaryKey: true, serverDefault: 1 })),
  },
  {
    name: "createTable: a key that is text",
    call: (op) => op.createTable("countries", column("code", string(2), { primaryKey: true })),
  },
  {
    name: "createTable: a key of two columns",
    call: (op) =>
      op.createTable(
        "members",
        column("team", integer(), { primaryKey: true }),
        column("person", integer(), { primaryKey: true }),
      ),
  },
  {
    name: "createTable: no key",
    call: (op) => op.createTable("log", column("line", text())),
  },
  {
    name: "createTable: columns that are not null, unique, indexed and checked",
    call: (op) =>
      op.createTable(
        "users",
        column("email", string(255), { nullable: false, unique: true, index: true }),
        column("handle", text(), { unique: "uq_handle", index: "ix_handle" }),
        column("age", integer(), { check: "age > 0" }),
      ),
  },
  {
    name: "createTable: defaults of every kind",
    call: (op) =>
      op.createTable(
        "settings",
        column("word", text(), { serverDefault: "it's" }),
        column("number", integer(), { serverDefault: -7 }),
        column("large", bigint(), { serverDefault: 9007199254740993n }),
        column("fraction", type.double(), { serverDefault: 0.5 }),
        column("yes", type.boolean(), { serverDefault: true }),
        column("no", type.boolean(), { serverDefault: false }),
        column("made", timestamp({ timezone: true }), { serverDefault: now() }),
        column("shout", text(), { serverDefault: raw("upper('a')") }),
      ),
  },
  {
    name: "createTable: a generated column, stored and virtual",
    call: (op) =>
      op.createTable(
        "boxes",
        column("width", integer()),
        column("area", integer(), { generated: { expression: "width * width" } }),
        column("double", integer(), { generated: { expression: raw("width * 2"), stored: false } }),
      ),
  },
  {
    name: "createTable: an identity column",
    call: (op) =>
      op.createTable(
        "tickets",
        column("id", text(), { primaryKey: true }),
        column("number", bigint(), { identity: "always" }),
      ),
  },
  {
    name: "createTable: an identity column that takes values",
    call: (op) => op.createTable("tickets", column("number", integer(), { identity: "byDefault" })),
  },
  {
    name: "createTable: constraints of the table",
    before: blog,
    call: (op) =>
      op.createTable(
        "likes",
        column("id", integer()),
        column("user_id", integer()),
        column("post_id", integer()),
        column("stars", integer()),
        primaryKey(["id"], { name: "pk_likes" }),
        unique(["user_id", "post_id"], { name: "uq_likes" }),
        foreignKey(["user_id"], "users.id", { name: "fk_user", onDelete: "cascade" }),
        foreignKey(["post_id"], { table: "posts", columns: [] }, { onUpdate: "set null" }),
        check("stars BETWEEN 1 AND 5", { name: "ck_stars" }),
      ),
  },
  {
    name: "createTable: what a foreign key does",
    before: blog,
    call: (op) =>
      op.createTable(
        "notes",
        column("a", integer(), {
          references: { table: "users", column: "id", onDelete: "restrict" },
        }),
        column("b", integer(), {
          references: {
            table: "users",
            column: "id",
            onDelete: "set default",
            onUpdate: "no action",
          },
        }),
        column("c", integer(), {
          references: { table: "users", column: "id", name: "fk_c", deferrable: "deferred" },
        }),
        column("d", integer(), {
          references: { table: "users", column: "id", deferrable: "immediate" },
        }),
      ),
  },
  {
    name: "createTable: a foreign key of two columns to itself",
    call: (op) =>
      op.createTable(
        "nodes",
        column("tree", integer(), { primaryKey: true }),
        column("id", integer(), { primaryKey: true }),
        column("parent", integer()),
        foreignKey(["tree", "parent"], ["nodes.tree", "nodes.id"]),
      ),
  },
  {
    name: "createTable: indexes of the table",
    call: (op) =>
      op.createTable(
        "users",
        column("email", text()),
        column("gone", type.boolean()),
        index("ix_lower", [raw("lower(email)"), "gone"], { unique: true, where: "gone IS NULL" }),
      ),
  },
  {
    name: "createTable: comments",
    call: (op) =>
      op.createTable(
        "users",
        column("id", integer(), { comment: "the user's number" }),
        comment("who may log in"),
      ),
  },
  {
    name: "createTable: names that need quotes",
    call: (op) =>
      op.createTable(
        "Order",
        column("select", integer(), { primaryKey: true }),
        column('a "b"', text(), { index: true }),
        column("Größe", integer(), { unique: "uq Größe" }),
      ),
  },
  {
    name: "createTable: in a schema",
    before: app,
    call: (op) =>
      op.createTable(
        "app.posts",
        column("id", integer(), { primaryKey: true }),
        column("user_id", integer(), { references: "app.users.id", index: true }),
        comment("in a schema"),
      ),
  },
  {
    name: "createTable: a name with a dot",
    call: (op) => op.createTable({ name: "a.b" }, column("c.d", integer())),
  },
  {
    name: "createTable: a foreign key into another schema",
    before: app,
    call: (op) =>
      op.createTable("posts", column("user_id", integer(), { references: "app.users.id" })),
  },
  {
    name: "changes in a schema",
    before: app,
    call: (op) => {
      op.addColumn("app.users", column("name", text(), { index: true }));
      op.dropIndex("ix_app_users_name", { table: "app.users" });
      op.renameColumn("app.users", "name", "nick");
      op.bulkInsert("app.users", [{ id: 1, nick: "ann" }]);
      op.dropColumn("app.users", "nick");
      op.renameTable("app.users", "people");
      op.dropTable("app.people");
    },
  },
  {
    name: "dropTable",
    before: (op) => op.createTable("users", column("id", integer())),
    call: (op) => op.dropTable("users"),
  },
  { name: "dropTable: if it is there", call: (op) => op.dropTable("users", { ifExists: true }) },
  { name: "renameTable", before: blog, call: (op) => op.renameTable("users", "People") },
  { name: "addColumn", before: blog, call: (op) => op.addColumn("users", column("name", text())) },
  {
    name: "addColumn: not null with a default, a check and a comment",
    before: blog,
    call: (op) =>
      op.addColumn(
        "users",
        column("score", integer(), {
          nullable: false,
          serverDefault: 0,
          check: "score >= 0",
          comment: "out of ten",
        }),
      ),
  },
  {
    name: "addColumn: not null without a default",
    before: blog,
    call: (op) => op.addColumn("users", column("score", integer(), { nullable: false })),
  },
  {
    name: "addColumn: a default that is an expression",
    before: blog,
    call: (op) => op.addColumn("users", column("made", timestamp(), { serverDefault: now() })),
  },
  {
    name: "addColumn: a foreign key and an index",
    before: blog,
    call: (op) =>
      op.addColumn("posts", column("editor", integer(), { references: "users.id", index: true })),
  },
  {
    name: "addColumn: a foreign key with a default",
    before: blog,
    call: (op) =>
      op.addColumn(
        "posts",
        column("editor", integer(), { references: "users.id", serverDefault: 1 }),
      ),
  },
  {
    name: "addColumn: unique",
    before: blog,
    call: (op) => op.addColumn("users", column("phone", text(), { unique: "uq_phone" })),
  },
  {
    name: "addColumn: a primary key",
    before: (op) => op.createTable("log", column("line", text())),
    call: (op) => op.addColumn("log", column("id", integer(), { primaryKey: true })),
  },
  {
    name: "addColumn: generated and stored",
    before: blog,
    call: (op) =>
      op.addColumn("users", column("twice", integer(), { generated: { expression: "age * 2" } })),
  },
  {
    name: "addColumn: generated and virtual",
    before: blog,
    call: (op) =>
      op.addColumn(
        "users",
        column("twice", integer(), { generated: { expression: "age * 2", stored: false } }),
      ),
  },
  { name: "dropColumn", before: blog, call: (op) => op.dropColumn("users", "age") },
  {
    name: "dropColumn: an index stands on it",
    before: blog,
    call: (op) => op.dropColumn("users", "email"),
  },
  {
    name: "dropColumn: a key stands on it",
    before: blog,
    call: (op) => op.dropColumn("posts", "id"),
  },
  { name: "renameColumn", before: blog, call: (op) => op.renameColumn("users", "email", "Mail") },
  {
    name: "alterColumn: the type",
    before: blog,
    call: (op) => op.alterColumn("users", "email", { type: text() }),
  },
  {
    name: "alterColumn: the type, and how values become it",
    before: blog,
    call: (op) => op.alterColumn("users", "bio", { type: integer(), using: "length(bio)" }),
  },
  {
    name: "alterColumn: not null",
    before: blog,
    call: (op) => op.alterColumn("users", "bio", { nullable: false }),
  },
  {
    name: "alterColumn: null again",
    before: blog,
    call: (op) => op.alterColumn("users", "email", { nullable: true }),
  },
  {
    name: "alterColumn: a default",
    before: blog,
    call: (op) => op.alterColumn("users", "bio", { serverDefault: "it's empty" }),
  },
  {
    name: "alterColumn: no default",
    before: blog,
    call: (op) => op.alterColumn("users", "age", { serverDefault: null }),
  },
  {
    name: "alterColumn: a comment",
    before: blog,
    call: (op) => op.alterColumn("users", "age", { comment: "in years" }),
  },
  {
    name: "alterColumn: no comment",
    before: blog,
    call: (op) => op.alterColumn("users", "bio", { comment: null }),
  },
  {
    name: "alterColumn: everything",
    before: blog,
    call: (op) =>
      op.alterColumn("users", "age", {
        type: bigint(),
        nullable: false,
        serverDefault: 18,
        comment: "in years",
      }),
  },
  {
    name: "alterColumn: a type that the old default has no way into",
    before: (op) => op.createTable("boxes", column("size", text(), { serverDefault: "small" })),
    call: (op) =>
      op.alterColumn("boxes", "size", { type: integer(), using: "length(size)", serverDefault: 0 }),
  },
  { name: "createIndex", before: blog, call: (op) => op.createIndex("ix_age", "users", ["age"]) },
  {
    name: "createIndex: unique, on several columns, on some rows",
    before: blog,
    call: (op) =>
      op.createIndex("ix_both", "users", ["email", "age"], { unique: true, where: "age > 17" }),
  },
  {
    name: "createIndex: on an expression",
    before: blog,
    call: (op) => op.createIndex("ix_lower", "users", [raw("lower(email)")]),
  },
  {
    name: "createIndex: by another method",
    before: blog,
    call: (op) => op.createIndex("ix_hash", "users", ["email"], { using: "hash" }),
  },
  {
    name: "createIndex: concurrently",
    before: blog,
    call: (op) => op.createIndex("ix_age", "users", ["age"], { concurrently: true }),
  },
  {
    name: "createIndex: if it is not there",
    before: blog,
    call: (op) => op.createIndex("ix_users_email", "users", ["email"], { ifNotExists: true }),
  },
  {
    name: "dropIndex",
    before: blog,
    call: (op) => op.dropIndex("ix_users_email", { table: "users" }),
  },
  {
    name: "dropIndex: concurrently, if it is there",
    before: blog,
    call: (op) => op.dropIndex("ix_none", { table: "users", concurrently: true, ifExists: true }),
  },
  {
    name: "bulkInsert",
    before: blog,
    call: (op) =>
      op.bulkInsert("users", [
        { id: 1, email: "ann@example.com" },
        { id: 2, email: "o'hara@example.com", age: null },
      ]),
  },
  {
    name: "bulkInsert: values of every kind",
    before: (op) =>
      op.createTable(
        "things",
        column("yes", type.boolean()),
        column("number", type.double()),
        column("large", bigint()),
        column("bytes", type.binary()),
        column("made", timestamp({ timezone: true })),
        column("facts", type.jsonb()),
      ),
    call: (op) =>
      op.bulkInsert("things", [{
        yes: true,
        number: -0.5,
        large: 9007199254740993n,
        bytes: new Uint8Array([0, 255]),
        made: new Date(0),
        facts: { tags: ["a", "it's"] },
      }]),
  },
  { name: "bulkInsert: no rows", before: blog, call: (op) => op.bulkInsert("users", []) },
  { name: "execute", before: blog, call: (op) => op.execute("UPDATE users SET age = 8") },
  {
    name: "execute: with values",
    before: blog,
    call: (op) => op.execute(sql`UPDATE users SET age = ${8} WHERE email = ${"o'hara"}`),
  },
];

/** A table with a column of each type, one call a type. */
export const typeCases: readonly OperationCase[] = Object.entries(
  {
    "smallint()": type.smallint(),
    "integer()": integer(),
    "bigint()": bigint(),
    "numeric()": type.numeric(),
    "numeric(10)": type.numeric(10),
    "numeric(10, 2)": type.numeric(10, 2),
    "real()": type.real(),
    "double()": type.double(),
    "string()": string(),
    "string(255)": string(255),
    "text()": text(),
    "boolean()": type.boolean(),
    "date()": type.date(),
    "time()": type.time(),
    "time({ timezone: true })": type.time({ timezone: true }),
    "timestamp()": timestamp(),
    "timestamp({ timezone: true })": timestamp({ timezone: true }),
    "timestamp({ precision: 3 })": timestamp({ precision: 3 }),
    "interval()": type.interval(),
    "json()": type.json(),
    "jsonb()": type.jsonb(),
    "uuid()": type.uuid(),
    "binary()": type.binary(),
    "array(text())": type.array(text()),
    "array(array(integer()))": type.array(type.array(integer())),
    'native("CHAR(3)")': type.native("CHAR(3)"),
  },
).map(([name, of]) => ({ name, call: (op) => op.createTable("t", column("c", of)) }));
