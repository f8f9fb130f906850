import { expect, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { column } from "../../lib/schema/column.ts";
import { native } from "../../lib/schema/column_types.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import { table } from "../../lib/schema/table.ts";

test("diff() alters columns of the changed domain only, not of its namesake in another schema", () => {
  const schema = (base: string): Schema => ({
    ...emptySchema,
    tables: [table("t", column("a", native("code")), column("b", native("code.code")))],
    objects: [
      { kind: "schema", name: "code", definition: { sql: "CREATE SCHEMA code" } },
      { kind: "domain", name: "code", definition: { sql: "CREATE DOMAIN code AS text" } },
      {
        kind: "domain",
        schema: "code",
        name: "code",
        definition: { sql: `CREATE DOMAIN code.code AS ${base}` },
      },
    ],
  });
  const altered = diff(schema("integer"), schema("bigint"))
    .flatMap((it) => it.kind === "alterColumn" ? [it.column] : []);
  expect([...new Set(altered)]).toEqual(["b"]);
});
