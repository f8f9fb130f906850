import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { defaultAsWritten } from "../../../lib/dialect/postgres/default_as_written.ts";
import { column } from "../../../lib/schema/column.ts";
import * as type from "../../../lib/schema/column_types.ts";
import type { Constraint, Table } from "../../../lib/schema/schema.ts";
import { withoutOuterParentheses } from "../../../lib/sql/without_outer_parentheses.ts";
import { creations } from "../../laws/creations.ts";
import { generateSchema, source } from "../../laws/generate_schema.ts";
import { groundOf, make } from "../../laws/ground.ts";
import { inOrder, inOrderOfReferences } from "../../laws/in_order.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { random } from "../../sql/random.ts";

setDefaultTimeout(120_000);

test("the server fills in what asWritten() leaves out", async () => {
  await using database = await freshDatabase("postgres");
  await using ground = await groundOf("postgres", database.url);
  const read = async () => inOrder(postgres.normalize(await ground.read()));
  for (let seed = 0; seed < 25; seed++) {
    const made = await make(ground, generateSchema(source(random(seed), "postgres")));
    const schema = inOrderOfReferences(postgres.normalize(made));
    const operations = creations(schema).map((it) => postgres.asWritten(it, {}));
    await ground.clear();
    await ground.connection.batch(operations.flatMap((it) => postgres.compile(it)));
    expect({ seed, schema: await read() }).toEqual({ seed, schema: inOrder(schema) });
  }
});

describe("asWritten()", () => {
  const users = (...constraints: readonly Constraint[]): Table => ({
    name: "users",
    columns: [column("id", type.integer()).column, column("email", type.text()).column],
    constraints,
    indexes: [],
  });
  const written = (table: Table, naming = {}) => {
    const operation = postgres.asWritten({ kind: "createTable", table }, naming);
    return operation.kind === "createTable" ? operation.table.constraints : [];
  };
  const key = { kind: "primaryKey", columns: ["id"], name: "users_pkey" } as const;
  const check = { kind: "check", expression: { sql: "(email <> '')" } } as const;

  test("leaves out a name that the server would give", () => {
    expect(written(users(key))).toEqual([{ kind: "primaryKey", columns: ["id"] }]);
    expect(written(users({ ...key, name: "other" }))).toEqual([{ ...key, name: "other" }]);
  });

  test("keeps a name if the naming convention would give another", () => {
    expect(written(users(key), { pk: "pk_%(table_name)s" })).toEqual([key]);
    expect(written(users(key), { uq: "uq_%(table_name)s" })).toEqual([
      { kind: "primaryKey", columns: ["id"] },
    ]);
  });

  test("keeps a name that the server has numbered", () => {
    const [first, second] = [
      { ...check, name: "users_email_check" },
      { ...check, name: "users_email_check1" },
    ];
    const plain = { sql: "email <> ''" };
    expect(written(users(first, second))).toEqual([
      { kind: "check", expression: plain },
      { ...second, expression: plain },
    ]);
  });

  test("keeps the names of a partitioned table's checks", () => {
    const named = { ...check, name: "users_email_check", expression: { sql: "email <> ''" } };
    const table = { ...users(key, named), options: { partitionBy: { sql: "LIST (id)" } } };
    expect(written(table)).toEqual([{ kind: "primaryKey", columns: ["id"] }, named]);
  });
});

describe("defaultAsWritten()", () => {
  const mood = type.enumeration("mood", ["ok"]);
  const cases = [
    ["'ok'::mood", mood, "'ok'"],
    ["'ok'::app.mood", mood, "'ok'::app.mood"],
    ["'it''s'::character varying", type.string(20), "'it''s'"],
    ["'a'::character varying", type.text(), "'a'::character varying"],
    ["'{}'::jsonb", type.jsonb(), "'{}'"],
    ["'{}'::json", type.jsonb(), "'{}'::json"],
    ["'{}'::text[]", type.array(type.text()), "'{}'::text[]"],
    ["'-1'::integer", type.numeric(10, 2), "-1"],
    ["'-1.50'::numeric", type.double(), "-1.50"],
    ["'-3000000000'::bigint", type.bigint(), "-3000000000"],
    ["'-3000000000'::integer", type.bigint(), "'-3000000000'::integer"],
    ["'1'::integer", type.integer(), "'1'::integer"],
    ["true", type.boolean(), "TRUE"],
    ["'a'::text || 'b'::text", type.text(), "'a'::text || 'b'::text"],
    ["now()", type.timestamp(), "now()"],
  ] as const;
  for (const [sql, of, written] of cases) {
    test(`writes ${sql} of a column of type ${of.kind} as ${written}`, () => {
      expect(defaultAsWritten({ sql }, of)).toEqual({ sql: written });
    });
  }
});

test("withoutOuterParentheses() strips one pair of parentheses around the whole expression", () => {
  const cases = [
    ["(a)", "a"],
    ["((a) AND (b))", "(a) AND (b)"],
    ["(a) AND (b)", "(a) AND (b)"],
    ["(a = ')')", "a = ')'"],
    ["(a = '(') OR (b = ')')", "(a = '(') OR (b = ')')"],
    ['("(" > 0)', '"(" > 0'],
    ["(a = E'\\')')", "a = E'\\')'"],
    ["lower(a)", "lower(a)"],
  ] as const;
  for (const [sql, without] of cases) expect(withoutOuterParentheses(sql)).toBe(without);
});
