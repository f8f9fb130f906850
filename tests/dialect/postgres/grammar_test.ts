import { expect, test } from "bun:test";
import { enumValueUses } from "../../../lib/dialect/postgres/transactions/enum_value_uses.ts";
import { loadGrammar } from "../../../lib/dialect/postgres/transactions/grammar.ts";
import {
  mayRefuseTransaction,
  whyNotInTransaction,
} from "../../../lib/dialect/postgres/transactions/not_in_transaction.ts";
import { TransactionCheck } from "../../../lib/dialect/postgres/transactions/transaction_check.ts";

const grammar = await loadGrammar();

const refused: Readonly<Record<string, string>> = {
  "vacuum": "VACUUM",
  "VACUUM (FULL, ANALYZE) t": "VACUUM",
  "cluster": "CLUSTER",
  "discard all": "DISCARD ALL",
  "create database d": "CREATE DATABASE",
  "drop /* x */ database -- y\n if exists d": "DROP DATABASE",
  "alter database d set tablespace x": "ALTER DATABASE SET TABLESPACE",
  "create tablespace t location '/x'": "CREATE TABLESPACE",
  "drop tablespace t": "DROP TABLESPACE",
  "alter system set work_mem = 1": "ALTER SYSTEM",
  "create unique index\nconcurrently if not exists i on t (a)": "CREATE INDEX CONCURRENTLY",
  "DROP INDEX CONCURRENTLY i": "DROP INDEX CONCURRENTLY",
  "alter table t detach partition p concurrently": "ALTER TABLE ... DETACH CONCURRENTLY",
  "reindex table concurrently t": "REINDEX CONCURRENTLY",
  "reindex (verbose, concurrently on) index i": "REINDEX CONCURRENTLY",
  "reindex schema s": "REINDEX SCHEMA",
  "reindex system d": "REINDEX SYSTEM",
  "reindex database d": "REINDEX DATABASE",
  "create subscription s connection 'x' publication p":
    "CREATE SUBSCRIPTION ... WITH (create_slot = true)",
  "alter subscription s refresh publication": "ALTER SUBSCRIPTION ... REFRESH",
  "alter subscription s add publication p": "ALTER SUBSCRIPTION with refresh",
  "alter subscription s set (failover = true)": "ALTER SUBSCRIPTION ... SET (failover)",
  "drop subscription s": "DROP SUBSCRIPTION",
  "commit prepared 'x'": "COMMIT PREPARED",
  "rollback prepared 'x'": "ROLLBACK PREPARED",
};

for (const [statement, command] of Object.entries(refused)) {
  test(`whyNotInTransaction() refuses ${JSON.stringify(statement)}`, () => {
    expect(whyNotInTransaction(statement, grammar))
      .toBe(`${command} cannot run inside a transaction block`);
  });
}

const allowed = [
  "analyze t",
  "cluster t using i",
  "discard temp",
  "alter database d set work_mem = 1",
  "alter database d owner to o",
  "create index i on t (a)",
  "create index concurrently_not on t (a)",
  "create index i on t (concurrently)",
  "create table concurrently_t (a text default 'concurrently')",
  "drop index i",
  "alter table t detach partition p",
  "alter table t detach partition p finalize",
  "reindex table t",
  "reindex (concurrently false) table t",
  "refresh materialized view concurrently v",
  "create subscription s connection 'x' publication p with (connect = false)",
  "create subscription s connection 'x' publication p with (create_slot = 0)",
  "create subscription s connection 'x' publication p with (create_slot = off)",
  "alter subscription s set publication p with (refresh = false)",
  "alter subscription s set (slot_name = none)",
  "create function f() returns void language sql as 'create index concurrently i on t (a)'",
  "comment on table t is 'vacuum; create database'",
  "insert into t values ('create index concurrently')",
  "create database", // broken: for the server to say
];

for (const statement of allowed) {
  test(`whyNotInTransaction() allows ${JSON.stringify(statement)}`, () => {
    expect(whyNotInTransaction(statement, grammar)).toBeUndefined();
  });
}

test("mayRefuseTransaction() clears ordinary statements without the grammar", () => {
  const ordinary = [
    "create table t (a int)",
    "create index i on t (a)",
    "alter table t add a int",
    "drop table database",
    "insert into t values ('concurrently')",
    "comment on database d is 'x'",
    "refresh materialized view concurrently v",
    "commit",
  ];
  expect(ordinary.filter(mayRefuseTransaction)).toEqual([]);
});

/** Statements after `ALTER TYPE s.mood ADD VALUE 'it''s'`, and whether each uses the new value. */
const uses: Readonly<Record<string, "certain" | "possible" | "none">> = {
  "select 'it''s'::s.mood": "certain",
  "select cast('it''s' as mood)": "certain",
  "select '{sad,it''s}'::mood[]": "certain",
  "alter table t add m mood default 'it''s'": "certain",
  "create table t (m s.mood not null default 'it''s')": "certain",
  "update t set m = 'it''s'": "possible",
  "insert into t values (1, 'it''s')": "possible",
  "alter table t alter m set default 'it''s'": "possible",
  "create view v as select * from t where m in ('sad', 'it''s')": "possible",
  "create index i on t (m) where m = 'it''s'": "possible",
  "select ('it''s' = m)::text from t": "possible",
  "create table t (a text check (a = 'it''s'))": "possible",
  "select 'it''s'::text, 'it''s'::other.mood": "none",
  "create table t (a text default 'it''s')": "none",
  "insert into t values ('it''s fine')": "none",
  "comment on table t is 'it''s'": "none",
  "create type other as enum ('it''s')": "none",
  "do $$ begin perform 'it''s'; end $$": "none",
  "alter type s.mood add value 'next' after 'it''s'": "none",
  "alter type s.mood rename value 'it''s' to 'x'": "none",
};

for (const [statement, found] of Object.entries(uses)) {
  test(`enumValueUses() in ${JSON.stringify(statement)}: ${found}`, () => {
    const added = { sql: "ALTER TYPE s.mood ADD VALUE 'it''s' BEFORE 'sad'", place: 1 };
    const used = { sql: statement, place: 2 };
    const use = { kind: "enumValueUse" as const, type: "s.mood", value: "it's", added, used };
    expect(enumValueUses([added, used], grammar)).toEqual(
      found === "none" ? [] : [{ ...use, certain: found === "certain" }],
    );
  });
}

test("enumValueUses() allows earlier uses and new types, and is uncertain after IF NOT EXISTS", () => {
  const find = (...statements: readonly string[]) =>
    enumValueUses(statements.map((sql, place) => ({ sql, place })), grammar)
      .map(({ used, certain }) => [used.place, certain]);
  expect(find("select 'a'::mood", "alter type mood add value 'a'")).toEqual([]);
  expect(find("create type s.mood as enum ()", "alter type mood add value 'a'", "select 'a'::mood"))
    .toEqual([]);
  expect(find("alter type mood add value if not exists 'a'", "select 'a'::mood"))
    .toEqual([[1, false]]);
});

test("enumValueUses() finds a value that is the empty string", () => {
  const find = (used: string) =>
    enumValueUses([
      { sql: "alter type mood add value ''", place: 0 },
      { sql: used, place: 1 },
    ], grammar).map(({ certain }) => certain);
  expect(find("select 1")).toEqual([]);
  expect(find("select ''::mood")).toEqual([true]);
  expect(find("select $a$$a$::mood")).toEqual([true]);
  expect(find("select '{sad}'::mood[], 'it''s'::mood")).toEqual([]);
});

test("TransactionCheck names the statements that PostgreSQL would refuse", async () => {
  const check = new TransactionCheck<number>();
  const statements = [
    "create type old as enum ('a')",
    "alter type mood add value 'ok'",
    "insert into t values (1)",
    "create index concurrently i on t (a)",
    "select 'ok'::mood",
  ];
  statements.forEach((sql, place) => check.add({ sql, place }));
  const problems = await check.problems();
  expect(problems.map(({ kind, used }) => [kind, used.place])).toEqual([
    ["notInTransaction", 3],
    ["enumValueUse", 4],
  ]);
});

test("TransactionCheck accepts ordinary statements", async () => {
  const check = new TransactionCheck<string>();
  const statements = [
    "create type mood as enum ('ok')",
    "alter type x add value 'a'",
    "alter table t add column value text not null default ''",
    "select 1",
  ];
  for (const sql of statements) check.add({ sql, place: sql });
  expect(await check.problems()).toEqual([]);
});
