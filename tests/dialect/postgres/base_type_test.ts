import { describe, expect, test } from "bun:test";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { DatabaseError } from "../../../lib/driver/database_error.ts";
import type { Connection } from "../../../lib/driver/driver.ts";
import type { OperationOf } from "../../../lib/operations/operation.ts";
import type { ColumnType } from "../../../lib/schema/types.ts";
import { connect, failure } from "../../driver/connect.ts";
import { databases } from "../../servers/fresh_database.ts";

const domains = `CREATE DOMAIN short AS varchar(5);
  CREATE DOMAIN shorter AS short CHECK (length(VALUE) < 4);
  CREATE DOMAIN number AS bigint;
  CREATE DOMAIN shorts AS varchar(5)[];`;

function toDomain(name: string, old: ColumnType): OperationOf<"alterColumn"> {
  return {
    kind: "alterColumn",
    table: { name: "t" },
    column: "a",
    change: { type: { kind: "native", sql: name } },
    existing: { type: old },
  };
}

/** As the executor does it: compiled when its turn comes. */
async function alter(connection: Connection, ...alteration: Parameters<typeof toDomain>) {
  const operation = toDomain(...alteration);
  expect(postgres.deferral(operation)?.required).toBe(true);
  for (const it of await postgres.compileDeferred([{ operation }], connection)) {
    await connection.query(it);
  }
}

describe.each(databases().filter((it) => it.kind === "postgres"))("$name", ({ fresh }) => {
  test.each(["short", "shorter"])(
    "a text that is too long for a domain is not truncated: %s",
    async (domain) => {
      await using database = await fresh();
      await using connection = await connect(database.url);
      await connection.query({
        sql: `${domains} CREATE TABLE t (a text); INSERT INTO t VALUES ('abcdefgh')`,
      });
      const error = await failure(DatabaseError, alter(connection, domain, { kind: "text" }));
      expect(error.message).toContain("value too long for type character varying(5)");
      expect(await connection.query({ sql: "SELECT a FROM t" })).toEqual([{ a: "abcdefgh" }]);
    },
  );

  test.each<[ColumnType, declared: string, domain: string]>([
    [{ kind: "array", of: { kind: "integer", bits: 32 } }, "integer[]", "short[]"],
    [{ kind: "array", of: { kind: "integer", bits: 32 } }, "integer[]", "shorts"],
    [{ kind: "text" }, "text", "short[]"],
    [{ kind: "text" }, "text", "shorts"],
  ])("an array element is not truncated: %j, %s to %s", async (old, declared, type) => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    await connection.query({
      sql: `${domains} CREATE TABLE t (a ${declared}); INSERT INTO t VALUES ('{1,1234567}')`,
    });
    const error = await failure(DatabaseError, alter(connection, type, old));
    expect(error.message).toContain("value too long for type character");
    await connection.query({ sql: "UPDATE t SET a = '{1,12345}'" });
    await alter(connection, type, old);
    expect(await connection.query({ sql: "SELECT a[2]::text AS a FROM t" }))
      .toEqual([{ a: "12345" }]);
  });

  test.each<[ColumnType, declared: string, domain: string]>([
    [{ kind: "integer", bits: 32 }, "integer", "short"],
    [{ kind: "text" }, "text", "number"],
    [{ kind: "text" }, "text", "shorter"],
    [{ kind: "boolean" }, "boolean", "short"],
  ])("a value that fits is converted: %j, %s to %s", async (old, declared, domain) => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    const value = declared === "boolean" ? "true" : "12";
    await connection.query({
      sql: `${domains} CREATE TABLE t (a ${declared}); INSERT INTO t VALUES ('${value}')`,
    });
    await alter(connection, domain, old);
    expect(await connection.query({ sql: "SELECT a::text, pg_typeof(a)::text AS type FROM t" }))
      .toEqual([{ a: value, type: domain }]);
  });
});

test("a varbit becomes bit(3) by assignment, which does not truncate", () => {
  const varying: ColumnType = { kind: "native", sql: "varbit" };
  expect(postgres.compile(toDomain("bit(3)", varying)).map((it) => it.sql))
    .toEqual(["ALTER TABLE t ALTER COLUMN a TYPE bit(3)"]);
});

test("without a database, the base type of a domain is read from the given schema", () => {
  const objects = ["CREATE DOMAIN short AS character varying(5)", "CREATE DOMAIN shorter AS short"]
    .map((sql, at) => ({
      kind: "domain" as const,
      name: ["short", "shorter"][at] ?? "",
      definition: { sql },
    }));
  const sql = (name: string) =>
    postgres.compile(toDomain(name, { kind: "text" }), { tables: [], enums: [], objects })
      .map((it) => it.sql);
  expect(sql("shorter")).toEqual(["ALTER TABLE t ALTER COLUMN a TYPE shorter"]);
  expect(sql("inet")).toEqual(["ALTER TABLE t ALTER COLUMN a TYPE inet USING a::inet"]);
});

test.each<[string, ColumnType, using: string]>([
  ["varchar(5)[]", { kind: "array", of: { kind: "integer", bits: 32 } }, " USING a::TEXT[]"],
  ["character(5)[]", { kind: "native", sql: "number[]" }, " USING a::TEXT[]"],
  ["varchar(5)[]", { kind: "array", of: { kind: "text" } }, ""],
])("an array becomes %s without truncating elements: from %j", (name, old, using) => {
  expect(postgres.compile(toDomain(name, old)).map((it) => it.sql))
    .toEqual([`ALTER TABLE t ALTER COLUMN a TYPE ${name}${using}`]);
});
