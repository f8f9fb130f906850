import { expect, test } from "bun:test";
import { project, runners } from "./project.ts";

/** What code can throw, and what is said of it. */
const thrown: readonly (readonly [name: string, expression: string, says: string])[] = [
  [
    "several errors",
    `new AggregateError([new Error("one"), new Error("two")], "both failed")`,
    "both failed: one; two",
  ],
  [
    "an error whose message cannot be read",
    `Object.defineProperty(new Error(), "message", { get() { throw new Error("no"); } })`,
    "Error",
  ],
  [
    "an error whose stack cannot be read",
    `Object.defineProperty(new Error("lost"), "stack", { get() { throw new Error("no"); } })`,
    "lost",
  ],
];

for (const runner of runners) {
  for (const [name, expression, says] of thrown) {
    test(`${runner.name}: ${name} is told alike in upgrade and in op.run`, async () => {
      using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
      const code = `throw ${expression};`;
      for (const body of [code, `op.run("fill", () => { ${code} });`]) {
        it.write(
          "migrations/versions/a.js",
          `export const revision = "a";
export const downRevision = null;
export function upgrade(op) { ${body} }
`,
        );
        const { stdout, stderr, status } = await it.migrate("upgrade", "head", "--json");
        expect(stderr).not.toContain("bug in migrate");
        expect(status).toBe(1);
        const { error } = JSON.parse(stdout);
        expect(error).toMatchObject({
          code: "script/failed",
          message: expect.stringMatching(new RegExp(`^Cannot .*: ${says}$`)),
          revision: "a",
        });
      }
    }, 30_000);
  }

  test(`${runner.name}: of several syntax errors, one is told as such`, async () => {
    using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
    it.write(
      "migrations/versions/a.js",
      `export const revision = "a";
export const downRevision = null;
export function upgrade(op) { const a = ; const b = ; }
`,
    );
    const { stdout } = await it.migrate("upgrade", "head", "--json");
    expect(JSON.parse(stdout).error).toMatchObject({ code: "script/syntax" });
  }, 30_000);
}
