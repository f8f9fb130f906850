import { expect, setDefaultTimeout, test } from "bun:test";
import { creationOf } from "../../../lib/autogenerate/creation_of.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import type { Table } from "../../../lib/schema/schema.ts";
import type { Queryable } from "../../../lib/sql/statement.ts";
import { manyTables } from "../../autogenerate/many_tables.ts";
import { connect } from "../../driver/connect.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

setDefaultTimeout(120_000);

test("introspect() runs the same queries however many tables there are, and finds them all", async () => {
  const asked = await Promise.all([2, 60].map(async (count) => {
    await using database = await freshDatabase("postgres");
    await using connection = await connect(database.url);
    const wanted = postgres.normalize(manyTables(count));
    const operations = creationOf(wanted, { rebuildsTables: false });
    await connection.batch(operations.flatMap((it) => postgres.compile(it)));
    const queries: string[] = [];
    const recording: Queryable = {
      query: (statement) => {
        queries.push(statement.sql);
        return connection.query(statement);
      },
    };
    const found = postgres.normalize(await postgres.introspect(recording));
    expect(found.tables.length).toBe(count);
    const sizes = (it: Table | undefined) =>
      [it?.columns, it?.constraints, it?.indexes].map((part) => part?.length);
    expect(found.tables.map(sizes)).toEqual(wanted.tables.map(sizes));
    return queries;
  }));
  const [few, many] = asked;
  expect(many).toEqual(few ?? []);
  expect(few?.length).toBe(11);
});
