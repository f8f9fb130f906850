import { beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { render } from "../../lib/autogenerate/render/render.ts";
import { databases, olderPostgres } from "../servers/fresh_database.ts";
import { inOrder } from "../laws/in_order.ts";
import { readCases } from "./read_cases.ts";
import { recordedAgain, sayable } from "./render/recorded_again.ts";
import { type Outcome, runPostgresCases } from "./run_postgres_cases.ts";

setDefaultTimeout(300_000);

const servers = [
  ...databases().filter((it) => it.kind === "postgres")
    .map((source) => ({ source, version: 18, binaries: undefined })),
  ...olderPostgres === undefined ? [] : [olderPostgres],
];

for (const { source, version, binaries } of servers) {
  describe(source.name, () => {
    const cases = readCases("postgres").filter((it) => it.since <= version);
    const outcomes = new Map<string, Outcome>();

    beforeAll(async () => {
      const together = cases.filter((it) => !it.alone);
      for (const group of [together, ...cases.filter((it) => it.alone).map((it) => [it])]) {
        const found = await runPostgresCases(source, group, binaries);
        found.forEach((it, at) => outcomes.set(group[at]?.name ?? "", it));
      }
    });

    for (const { name, operations, same, local } of cases) {
      test(name, async () => {
        const outcome = outcomes.get(name) ?? {};
        const { before, after, there, back } = outcome;
        if (outcome.error !== undefined) throw outcome.error;
        if (!before || !after || !there || !back) throw new Error("not run");
        expect(outcome.operations?.map((it): string => it.kind)).toEqual([...operations]);
        if (!same) {
          expect(inOrder(there.schema)).toEqual(inOrder(after.schema));
          if (!local) expect(there.text).toEqual(after.text);
        }
        expect(outcome.left).toEqual([]);
        expect(there.rows).toEqual(before.rows);
        expect(inOrder(back.schema)).toEqual(inOrder(before.schema));
        if (!local) expect(back.text).toEqual(before.text);
        expect(back.rows).toEqual(before.rows);
        const code = (outcome.operations ?? []).map((it) => render(it)).join("\n");
        expect((await recordedAgain(code)).map(sayable))
          .toEqual((outcome.operations ?? []).map(sayable));
      });
    }
  });
}

if (olderPostgres === undefined) test.skip("pg_dump of PostgreSQL 15 is not available", () => {});
