import { expect, test } from "bun:test";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

test("diff() of 1,000 tables does about four times the work of 250, not sixteen times", async () => {
  const script = join(import.meta.dirname, "count_calls.ts");
  const deno = join(root, "node_modules/.bin/deno");
  const { stdout, exited } = Bun.spawn([deno, "run", "-A", "--quiet", script], {
    cwd: root,
    stderr: "inherit",
  });
  const [few, many] = JSON.parse(await new Response(stdout).text());
  expect(await exited).toBe(0);
  expect([few.equal.operations, many.equal.operations]).toEqual([0, 0]);
  expect([few.different.operations, many.different.operations]).toEqual([250, 1000]);
  expect(few.different.runs).toBeGreaterThan(250);
  for (const kind of ["equal", "different"]) {
    expect(many[kind].runs / few[kind].runs).toBeLessThan(4.5);
  }
});
