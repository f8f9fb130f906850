import { expect, test } from "bun:test";
import { sql } from "../../lib/sql/template.ts";

test("sql`` sends values beside the text, and puts SQL into it", () => {
  expect(sql`select * from ${{ sql: "users" }} where id = ${7} and name = ${"o'"} or ${null}`)
    .toEqual({
      sql: "select * from users where id = $1 and name = $2 or $3",
      parameters: [7, "o'", null],
    });
  expect(sql`select 1`).toEqual({ sql: "select 1" });
  const bytes = new Uint8Array([1]);
  expect(sql`select ${bytes}`).toEqual({ sql: "select $1", parameters: [bytes] });
});
