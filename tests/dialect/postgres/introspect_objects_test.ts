import { describe, expect, test } from "bun:test";
import type { IntrospectOptions } from "../../../lib/dialect/dialect.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import type { Connection } from "../../../lib/driver/driver.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { connect } from "../../driver/connect.ts";
import { creations } from "../../laws/creations.ts";
import { inOrder } from "../../laws/in_order.ts";
import { databases } from "../../servers/fresh_database.ts";

const shop = `
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
  CREATE TYPE app.kind AS ENUM ('x');
  CREATE FUNCTION next_code() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE DOMAIN email AS varchar(80) COLLATE "C" DEFAULT 'a@b' CHECK (VALUE LIKE '%@%');
  CREATE DOMAIN code AS int DEFAULT next_code() NOT NULL CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 1000);
  CREATE TYPE pair AS (a numeric(5, 2), "b c" text COLLATE "C", m mood);
  CREATE SEQUENCE counting AS smallint START -5 INCREMENT -2 CYCLE;
  CREATE SEQUENCE "Far" MAXVALUE 9223372036854775000 CACHE 7;
  CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 9223372036854775000 START 7) PRIMARY KEY,
    mail email, c code, k app.kind, ks app.kind[] DEFAULT '{x}', p pair, w text COLLATE "C",
    n int DEFAULT next_code(), m int DEFAULT nextval('"Far"'), found tsvector
  );
  CREATE TABLE app.users (id int, twice int GENERATED ALWAYS AS (id * 2) STORED);
  CREATE INDEX words ON users (w COLLATE "default", lower(mail) COLLATE "POSIX" text_pattern_ops DESC, (n + 1) NULLS FIRST);
  CREATE INDEX networks ON users USING gist (found tsvector_ops (siglen = 32));
  CREATE VIEW late AS SELECT id FROM users;
  CREATE VIEW above WITH (security_barrier = true) AS SELECT * FROM late;
  CREATE VIEW early AS SELECT 1 AS one;
  CREATE OR REPLACE VIEW late AS SELECT id, next_code() AS code, one FROM users, early;
  CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM above;
  CREATE FUNCTION who(who users, text[]) RETURNS SETOF late STABLE LANGUAGE sql AS 'SELECT * FROM late';
  CREATE FUNCTION app.who(numeric) RETURNS app.users LANGUAGE sql BEGIN ATOMIC SELECT * FROM app.users; END;
  CREATE PROCEDURE app.work(IN a int, INOUT c varchar) LANGUAGE plpgsql AS 'BEGIN END';
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
  CREATE TRIGGER touched BEFORE UPDATE OF mail ON users FOR EACH ROW WHEN (old.n < new.n) EXECUTE FUNCTION touch();
  CREATE CONSTRAINT TRIGGER touched AFTER INSERT ON app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE TRIGGER shown INSTEAD OF INSERT ON late FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE POLICY own ON users AS RESTRICTIVE FOR UPDATE TO current_user USING (id IN (SELECT id FROM late)) WITH CHECK (n > 2);
  CREATE POLICY own ON app.users USING (id > 1 OR id < 0);`;

const everything = { schemas: ["public", "app"], grants: true } as const;

describe.each(databases().filter((it) => it.kind === "postgres"))("$name", ({ fresh }) => {
  test("introspect() returns statements that recreate everything, in an order that works", async () => {
    const read = async (fill: (connection: Connection) => Promise<unknown>) => {
      await using database = await fresh();
      await using connection = await connect(database.url);
      await fill(connection);
      return await postgres.introspect(connection, everything);
    };
    const found = await read((it) => it.query({ sql: shop }));
    const again = await read(async (it) => {
      for (const statement of creations(found).flatMap((one) => postgres.compile(one))) {
        await it.query(statement);
      }
    });
    expect(inOrder(again)).toEqual(inOrder(found));
    const order = found.objects.map((it) => it.name);
    expect(order.indexOf("early")).toBeLessThan(order.indexOf("late"));
    expect(found.objects.map(({ kind, schema, name }) => [kind, schema, name].join(" ")).sort())
      .toMatchInlineSnapshot(`
        [
          "compositeType  pair",
          "domain  code",
          "domain  email",
          "function  next_code",
          "function  touch",
          "function  who",
          "function app who",
          "materializedView  totals",
          "policy  own",
          "policy  own",
          "procedure app work",
          "schema  app",
          "sequence  Far",
          "sequence  counting",
          "trigger  shown",
          "trigger  touched",
          "trigger  touched",
          "view  above",
          "view  early",
          "view  late",
        ]
      `);
  });

  test("introspect() returns owned sequences, except those of serial columns", async () => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    await connection.query({
      sql: `CREATE DOMAIN key AS bigint;
        CREATE SEQUENCE far; CREATE SEQUENCE left_over; CREATE SEQUENCE own; CREATE SEQUENCE "it's"; CREATE SEQUENCE words;
        CREATE TABLE t (a key DEFAULT nextval('own'), b bigint DEFAULT nextval('far') * 8 + 1, c integer,
          d text DEFAULT 'no. ' || nextval('words'), e integer DEFAULT nextval('"it''s"'));
        ALTER SEQUENCE own OWNED BY t.a; ALTER SEQUENCE far OWNED BY t.b; ALTER SEQUENCE left_over OWNED BY t.c;
        ALTER SEQUENCE words OWNED BY t.d; ALTER SEQUENCE "it's" OWNED BY t.e;`,
    });
    const { tables: [table], objects } = await postgres.introspect(connection);
    expect(objects.map((it) => it.definition.sql).sort()).toEqual([
      "ALTER SEQUENCE far OWNED BY t.b",
      "ALTER SEQUENCE left_over OWNED BY t.c",
      "ALTER SEQUENCE own OWNED BY t.a",
      "ALTER SEQUENCE words OWNED BY t.d",
      "CREATE DOMAIN key AS bigint",
      "CREATE SEQUENCE far",
      "CREATE SEQUENCE left_over",
      "CREATE SEQUENCE own",
      "CREATE SEQUENCE words",
    ]);
    expect(table?.columns.map((it) => it.default?.sql ?? it.identity)).toEqual([
      "nextval('own'::regclass)",
      "((nextval('far'::regclass) * 8) + 1)",
      undefined,
      "('no. '::text || nextval('words'::regclass))",
      "serial",
    ]);
  });

  test("introspect() leaves out what belongs to a column, an extension or an excluded table", async () => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    await connection.query({
      sql: `CREATE TABLE ours (id serial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY);
        CREATE POLICY p ON ours; GRANT SELECT ON ours TO PUBLIC; GRANT INSERT (n) ON ours TO PUBLIC;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE TRIGGER t AFTER INSERT ON ours EXECUTE FUNCTION touch();
        CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
        CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parts DEFAULT;
        CREATE TRIGGER each AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION touch();`,
    });
    const objects = async (options: IntrospectOptions) =>
      (await postgres.introspect(connection, options)).objects
        .map((it) => [it.kind, it.name, it.on?.name].join(" "));
    const exclude = [{ name: "ours" }];
    expect(await objects({ exclude, grants: true })).toEqual([
      "function touch ",
      "trigger each parts",
    ]);
    expect(await objects({})).toEqual([
      "function touch ",
      "policy p ours",
      "trigger each parts",
      "trigger t ours",
    ]);
  });

  test("introspect() returns grants on request", async () => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    const role = new URL(database.url).pathname.slice(1);
    const grants = [
      `ALL ON TABLE v`,
      `INSERT, SELECT ON TABLE t`,
      `SELECT (a), UPDATE ("B", a) ON TABLE t`,
      `EXECUTE ON FUNCTION f(integer, character varying)`,
      `USAGE ON DOMAIN d`,
      `USAGE ON SCHEMA app`,
      `USAGE ON SEQUENCE s`,
      `USAGE ON TYPE app.e`,
    ];
    await connection.query({
      sql:
        `CREATE ROLE ${role}; CREATE SCHEMA app; CREATE TABLE t (a int, "B" int); CREATE VIEW v AS SELECT 1;
        CREATE FUNCTION f(int, varchar) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE SEQUENCE s; CREATE DOMAIN d AS int; CREATE TYPE app.e AS ENUM ('x');`,
    });
    try {
      await connection.query({
        sql: grants.map((it) => `GRANT ${it} TO ${role};`).join("") +
          `GRANT SELECT ON t TO PUBLIC; GRANT TRIGGER ON t TO ${role} WITH GRANT OPTION`,
      });
      const { objects } = await postgres.introspect(connection, everything);
      const found = objects.filter((it) => it.kind === "grant");
      expect(found.filter((it) => it.name === role).map((it) => it.arguments).sort())
        .toEqual([...grants, "TRIGGER ON TABLE t"].sort());
      const others = found.filter((it) => !grants.includes(it.arguments ?? ""));
      expect(others.map((it) => it.definition.sql).sort()).toEqual([
        "GRANT SELECT ON TABLE t TO PUBLIC",
        `GRANT TRIGGER ON TABLE t TO ${role} WITH GRANT OPTION`,
      ]);
    } finally {
      await connection.query({ sql: `DROP OWNED BY ${role}; DROP ROLE ${role}` });
    }
  });

  test("normalize() makes an introspected schema comparable with a model", async () => {
    await using database = await fresh();
    await using connection = await connect(database.url);
    await connection.query({
      sql: `CREATE TABLE "It's" (id bigserial PRIMARY KEY, n serial NOT NULL);
        CREATE FUNCTION f(int, timestamptz, varchar(3)) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    });
    const found = postgres.normalize(await postgres.introspect(connection));
    const [table] = found.tables;
    expect(table?.columns).toEqual([
      { name: "id", type: { kind: "integer", bits: 64 }, nullable: false, identity: "serial" },
      { name: "n", type: { kind: "integer", bits: 32 }, nullable: false, identity: "serial" },
    ]);
    const [routine] = found.objects;
    const model: Schema = {
      tables: [],
      enums: [],
      objects: routine ? [{ ...routine, arguments: "INT,timestamptz , varchar(3)" }] : [],
    };
    expect(postgres.normalize(model).objects).toEqual(found.objects);
  });
});
