import { describe, expect, test } from "bun:test";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { DatabaseError } from "../../../lib/driver/database_error.ts";
import type { Connection } from "../../../lib/driver/driver.ts";
import { ToolError } from "../../../lib/error.ts";
import type { OperationOf } from "../../../lib/operations/operation.ts";
import { connect, failure } from "../../driver/connect.ts";
import { inOrder } from "../../laws/in_order.ts";
import { databases } from "../../servers/fresh_database.ts";

type Change = Omit<OperationOf<"changeEnum">, "kind" | "name">;

const name = { name: "mood" };

/** As the executor does it: in a transaction, each change compiled when its turn comes. */
async function change(connection: Connection, ...changes: readonly Change[]): Promise<void> {
  await connection.transaction(async (session) => {
    for (const it of changes) {
      const operation = { kind: "changeEnum", name, ...it } as const;
      for (const one of await postgres.compileDeferred([{ operation }], session)) {
        await session.query(one);
      }
    }
  });
}

describe.each(databases().filter((it) => it.kind === "postgres"))("$name", ({ fresh }) => {
  const withDatabase = async (
    script: string,
    body: (connection: Connection) => Promise<void>,
  ): Promise<void> => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    await connection.query({ sql: script });
    await body(connection);
  };

  test("changeEnum changes a type whose name has the maximum length", () => {
    const long = { name: `a${"é".repeat(31)}` };
    return withDatabase(`CREATE TYPE ${long.name} AS ENUM ('a', 'b')`, async (connection) => {
      const operation = { kind: "changeEnum", name: long, values: ["b"] } as const;
      await connection.transaction(async (session) => {
        const statements = await postgres.compileDeferred([{ operation }], session);
        for (const it of statements) await session.query(it);
      });
      const sql = `SELECT enum_range(NULL::${long.name})::text AS values`;
      expect(await connection.query({ sql })).toEqual([{ values: "{b}" }]);
    });
  });

  test("changeEnum converts the values of columns, arrays and defaults", () =>
    withDatabase(
      `CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'glad');
      CREATE SCHEMA other;
      CREATE TABLE people (id int PRIMARY KEY, m mood DEFAULT 'sad', ms mood[] NOT NULL DEFAULT '{sad,glad}',
        grid mood[] DEFAULT ARRAY['sad'::mood], c mood DEFAULT (CASE WHEN 1 > 2 THEN 'glad' ELSE 'sad' END)::mood, t text DEFAULT 'sad'::mood::text || 'sad');
      INSERT INTO people VALUES (1, 'sad', '{sad,it''s ok,NULL}', '{{sad,glad},{glad,sad}}'), (2, NULL, '{}', NULL);
      CREATE TABLE other.more (m mood UNIQUE); INSERT INTO other.more VALUES ('glad'), ('sad');`,
      async (connection) => {
        await change(connection, { values: ["glad", "it's ok"], replaced: { sad: "it's ok" } });
        await connection.query({ sql: "INSERT INTO people (id) VALUES (3)" });
        const rows = await connection.query({
          sql: "SELECT m::text, ms::text, grid::text, c::text, t FROM people ORDER BY id",
        });
        const ok = "it's ok";
        expect(rows).toEqual([
          {
            m: ok,
            ms: `{"${ok}","${ok}",NULL}`,
            grid: `{{"${ok}",glad},{glad,"${ok}"}}`,
            c: ok,
            t: "sadsad",
          },
          { m: null, ms: "{}", grid: null, c: ok, t: "sadsad" },
          { m: ok, ms: `{"${ok}",glad}`, grid: `{"${ok}"}`, c: ok, t: "it's oksad" },
        ]);
        expect(await connection.query({ sql: "SELECT m::text FROM other.more ORDER BY more.m" }))
          .toEqual([{ m: "glad" }, { m: ok }]);
        const { enums } = await postgres.introspect(connection);
        expect(enums).toEqual([{ name: "mood", values: ["glad", ok] }]);
      },
    ));

  test("changeEnum can swap values", () =>
    withDatabase(
      `CREATE TYPE mood AS ENUM ('a', 'b', 'c'); CREATE TABLE t (m mood, ms mood[] DEFAULT '{a,b,c}');
      INSERT INTO t VALUES ('a', '{a,b,c}'), ('b', '{c}')`,
      async (connection) => {
        await change(connection, { values: ["a", "b"], replaced: { a: "b", b: "a", c: "b" } });
        await connection.query({ sql: "INSERT INTO t VALUES ('a')" });
        expect(await connection.query({ sql: "SELECT m::text, ms::text FROM t" })).toEqual([
          { m: "b", ms: "{b,a,b}" },
          { m: "a", ms: "{b}" },
          { m: "a", ms: "{b,a,b}" },
        ]);
      },
    ));

  test("changeEnum changes partitions and inheriting tables, and keeps their own defaults", () =>
    withDatabase(
      `CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE whole (n int, m mood DEFAULT 'a') PARTITION BY LIST (n);
      CREATE TABLE part PARTITION OF whole FOR VALUES IN (1); CREATE TABLE loose (n int, m mood DEFAULT 'b');
      ALTER TABLE whole ATTACH PARTITION loose FOR VALUES IN (2);
      CREATE INDEX ix ON whole (m) WHERE m = 'a'; CREATE TABLE parent (m mood CHECK (m <> 'b')); CREATE TABLE child (m mood DEFAULT 'a') INHERITS (parent);
      INSERT INTO whole VALUES (1, 'a'); INSERT INTO loose VALUES (2, 'b')`,
      async (connection) => {
        const before = await postgres.introspect(connection);
        await change(connection, { values: ["b", "a", "c"] });
        const after = await postgres.introspect(connection);
        expect(inOrder({ ...after, enums: [] }).tables).toEqual(
          inOrder(before).tables.map((table) => ({
            ...table,
            columns: table.columns.map((it) =>
              it.type.kind === "enum"
                ? { ...it, type: { ...it.type, values: ["b", "a", "c"] } }
                : it
            ),
          })),
        );
        const defaults = await connection.query({
          sql:
            `SELECT pg_get_expr(adbin, adrelid) AS value, adrelid::regclass::text AS table FROM pg_attrdef ORDER BY 2`,
        });
        expect(defaults).toEqual([
          { table: "child", value: "'a'::mood" },
          { table: "loose", value: "'b'::mood" },
          { table: "part", value: "'a'::mood" },
          { table: "whole", value: "'a'::mood" },
        ]);
      },
    ));

  test("changeEnum recreates everything that depends on the type, with comments and privileges", () =>
    withDatabase(
      `CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'how it''s going'; REVOKE ALL ON TYPE mood FROM PUBLIC;
      CREATE TABLE moods (m mood PRIMARY KEY); INSERT INTO moods VALUES ('sad'), ('ok');
      CREATE TABLE people (id int, m mood REFERENCES moods, o mood CONSTRAINT known CHECK (o <> 'sad') NOT NULL,
        CONSTRAINT differ CHECK (m < o) NOT VALID, CONSTRAINT one EXCLUDE USING btree (m WITH =) WHERE (o = 'ok'));
      INSERT INTO people VALUES (1, 'sad', 'ok');
      CREATE INDEX plain ON people (m, o);
      CREATE STATISTICS stats ON m, o FROM people;
      CREATE FUNCTION rated(mood) RETURNS int IMMUTABLE LANGUAGE sql AS $$SELECT CASE $1 WHEN 'sad' THEN 1 ELSE 2 END$$;
      CREATE UNIQUE INDEX "Sad ones" ON people (id, rated(m), (o = 'ok'::mood)) WHERE m = 'sad';
      REVOKE ALL ON FUNCTION rated FROM PUBLIC; COMMENT ON FUNCTION rated IS 'a number';
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
      CREATE VIEW v AS SELECT *, rated(o) FROM people WHERE m = 'sad'; GRANT SELECT (id), UPDATE ON v TO PUBLIC;
      COMMENT ON VIEW v IS 'it''s seen'; COMMENT ON COLUMN v.id IS 'a column';
      CREATE VIEW on_v WITH (security_barrier) AS SELECT id, m FROM v;
      CREATE MATERIALIZED VIEW kept AS SELECT * FROM on_v; CREATE UNIQUE INDEX kept_id ON kept (id);
      CREATE TRIGGER shown INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TRIGGER touched BEFORE UPDATE OF m ON people FOR EACH ROW WHEN (new.m <> 'sad') EXECUTE FUNCTION touch();
      ALTER TABLE people DISABLE TRIGGER touched;
      CREATE POLICY own ON people USING (m = 'sad' AND id IN (SELECT id FROM on_v));
      CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad'); CREATE TYPE both_moods AS (a mood, b good);`,
      async (connection) => {
        const belongings =
          `SELECT coalesce(relacl, '{}')::text || coalesce(obj_description(oid), '') AS text FROM pg_class WHERE relname IN ('v', 'on_v', 'kept')
          UNION ALL SELECT proacl::text || obj_description(oid) FROM pg_proc WHERE proname = 'rated'
          UNION ALL SELECT col_description('v'::regclass, 1) || (SELECT attacl::text FROM pg_attribute WHERE attrelid = 'v'::regclass AND attnum = 1)
          UNION ALL SELECT typacl::text || obj_description(oid, 'pg_type') FROM pg_type WHERE typname = 'mood'
          UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
          UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL SELECT statistics_name FROM pg_stats_ext ORDER BY 1`;
        const state = async () => ({
          schema: inOrder({
            ...await postgres.introspect(connection, { grants: true }),
            enums: [],
          }),
          belongings: await connection.query({ sql: belongings }),
          rows: await connection.query({ sql: "SELECT id, m::text FROM kept" }),
        });
        const before = await state();
        await change(connection, { values: ["new", "sad", "ok"] }, { values: ["sad", "ok"] });
        expect(await state()).toEqual(before);
        expect(before.rows).toEqual([{ id: 1, m: "sad" }]);
      },
    ));

  test("changeEnum names the dependent objects that it cannot recreate", () =>
    withDatabase(
      `CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN good AS mood; CREATE TABLE t (g good, m mood);
      CREATE TABLE u (m mood, up text GENERATED ALWAYS AS (CASE m WHEN 'a' THEN 'A' END) STORED)`,
      async (connection) => {
        const error = await failure(ToolError, change(connection, { values: ["a"] }));
        expect(error.code).toBe("operation/unsupported");
        expect(error.message).toMatchInlineSnapshot(
          `"Cannot change the enum type "mood": default value for column up of table u, table t cannot be recreated with it"`,
        );
      },
    ));

  test("changeEnum changes nothing if a row has a removed value", () =>
    withDatabase(
      "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (m mood DEFAULT 'b'); INSERT INTO t VALUES ('a')",
      async (connection) => {
        const error = await failure(DatabaseError, change(connection, { values: ["b"] }));
        expect(error.message).toContain('invalid input value for enum mood: "a"');
        expect(await connection.query({ sql: "SELECT m::text FROM t" })).toEqual([{ m: "a" }]);
      },
    ));
});
