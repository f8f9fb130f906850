import { expect, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { perform, sharedGround } from "../laws/ground.ts";
import { freshDatabase } from "../servers/fresh_database.ts";

const ground = sharedGround("postgres", () => freshDatabase("postgres"));

for (
  const [before, after] of [
    ["integer GENERATED ALWAYS AS IDENTITY", "bigint GENERATED ALWAYS AS IDENTITY"],
    ["serial", "bigserial"],
    ["serial", "bigint GENERATED ALWAYS AS IDENTITY"],
  ]
) {
  test(`a table partitioned by its ${before} is numbered on after it becomes ${after}, and back`, async () => {
    const schema = async (key: string | undefined) => {
      await ground().clear();
      await ground().connection.query({
        sql: `CREATE TABLE t (id ${key} PRIMARY KEY) PARTITION BY RANGE (id);
          CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10)`,
      });
      return ground().dialect.normalize(await ground().read());
    };
    const wanted = await schema(after);
    const operations = diff(await schema(before), wanted);
    const inverse = invertAll(operations.map((operation) => ({ operation })));
    if ("reason" in inverse) throw new Error(inverse.reason);
    const insert = async () => {
      const [row] = await ground().connection.query({
        sql: "INSERT INTO t VALUES (DEFAULT) RETURNING id",
      });
      return Number(row?.["id"]);
    };
    const change = (all: readonly Operation[]) => perform(ground(), all);
    expect([await insert(), await insert()]).toEqual([1, 2]);
    await change(operations);
    expect(await insert()).toBe(3);
    await change(inverse.map(({ operation }) => operation));
    expect(await insert()).toBe(4);
  });
}
