import { expect, test } from "bun:test";
import { readFacts } from "./facts.ts";
import { judge, type Verdict } from "./judge.ts";

test("the graph does what Alembic does, or does right what Alembic does wrong", () => {
  const counts: Record<Verdict, number> = { "matched": 0, "put right": 0, "clean error": 0 };
  const wrong: string[] = [];
  const facts = readFacts();
  for (const fact of facts) {
    try {
      counts[judge(fact)]++;
    } catch (error) {
      wrong.push(`${fact.id}: ${error instanceof Error ? error.message : error}`);
    }
  }
  // deno-lint-ignore no-console -- the counts are what a reader of the run looks for
  console.log(
    `matched ${counts.matched}, put right ${counts["put right"]}, ` +
      `clean errors ${counts["clean error"]}, of ${facts.length}`,
  );
  expect(wrong).toEqual([]);
  expect(facts).toHaveLength(6300);
  expect(counts).toEqual({ "matched": 5774, "put right": 134, "clean error": 392 });
});
