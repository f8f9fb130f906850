import { afterAll, beforeAll, expect, test } from "bun:test";
import { diff } from "../../../lib/autogenerate/diff.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { settledCasts } from "../../../lib/dialect/postgres/introspect/settled_casts.ts";
import { emptySchema } from "../../../lib/schema/schema.ts";
import { freshDatabase, type TestDatabase } from "../../servers/fresh_database.ts";
import { connect } from "../../driver/connect.ts";

let [written, again]: readonly (TestDatabase | undefined)[] = [];
beforeAll(async () => {
  [written, again] = [await freshDatabase("postgres"), await freshDatabase("postgres")];
});
afterAll(async () => {
  await written?.[Symbol.asyncDispose]();
  await again?.[Symbol.asyncDispose]();
});

test("a varchar compared with a list has no diff after it is introspected and recreated", async () => {
  await using first = await connect(written?.url ?? "");
  await using second = await connect(again?.url ?? "");
  for (
    const sql of [
      "CREATE DOMAIN d AS varchar CHECK (VALUE IN ('a', 'b'))",
      `CREATE TABLE t (s varchar(9) CHECK (s IN ('a', 'it''s, (b]')), "S" varchar,
        b boolean GENERATED ALWAYS AS (s NOT IN ('a', 'b')) STORED,
        c boolean DEFAULT ('a'::varchar IN ('a', 'b')),
        d text[] DEFAULT ARRAY[]::text[],
        EXCLUDE USING btree (s WITH =) WHERE (s IN ('a', 'b')))`,
      `CREATE INDEX i ON t ((s IN ('a', "S", lower("S")::varchar))) WHERE s IN ('a', 'b') AND b`,
      "CREATE VIEW v AS SELECT s IN ('a', 'b') AS x FROM t WHERE s IN ('c', 'd')",
      "CREATE POLICY p ON t USING (s IN ('a', 'b'))",
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT ((ARRAY['a'])::text[])[1] $$",
    ]
  ) await first.query({ sql });
  const schema = postgres.normalize(await postgres.introspect(first));
  for (const operation of diff(emptySchema, schema)) {
    for (const statement of postgres.compile(operation)) await second.query(statement);
  }
  expect(diff(schema, postgres.normalize(await postgres.introspect(second)))).toEqual([]);
  expect(schema.objects.find((it) => it.name === "f")?.definition.sql).toContain("(ARRAY['a'])");
});

test("settledCasts() leaves strings and other arrays alone", () => {
  for (
    const text of [
      "'(ARRAY[a])::text[]'",
      "ARRAY['a'::text]",
      "(ARRAY['a'::text])[1]",
      "ARRAY[]::text[]",
      "(ARRAY[1, 2])::bigint[] = '{]::text[]}'",
    ]
  ) expect(settledCasts(text)).toBe(text);
});
