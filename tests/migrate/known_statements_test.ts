import { expect, test } from "bun:test";
import { checkTransactions } from "../../lib/migrate/check_transactions.ts";
import { refusePooled } from "../../lib/migrate/guard/refuse_pooled.ts";
import type { StepContent, Work } from "../../lib/plan/plan.ts";
import { makePlan } from "../../lib/plan/make_plan.ts";
import { upgradeRoute } from "../../lib/revision/route.ts";
import { mapOf } from "../revision/graphs.ts";
import { scratch } from "../script/scratch.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

const map = mapOf("one");
const [move] = upgradeRoute(map, [], { kind: "heads" });
const input = { map, rows: [], moves: move ? [move] : [], boundaries: "run" } as const;

const pooled = (content: StepContent) =>
  refusePooled(makePlan({ ...input, contentOf: () => content }));
const inTransaction = (dialect: "postgres" | "sqlite") => (content: StepContent) =>
  checkTransactions(input.moves.map((it) => ({ move: it, content })), dialect, {
    perStep: false,
    enforcement: () => "configuration",
  });

const guards: readonly (readonly [
  what: string,
  up: string,
  guard: (content: StepContent) => unknown,
  transactional?: false,
])[] = [
  ["a setting behind a pooler", "SET row_security = off;", pooled],
  ["set_config behind a pooler", "SELECT set_config('search_path', '', false);", pooled],
  ["work without a transaction behind a pooler", "VACUUM;", pooled, false],
  ["a COMMIT", "COMMIT;", inTransaction("postgres")],
  ["a COMMIT in SQLite", "COMMIT;", inTransaction("sqlite")],
  ["a VACUUM", "VACUUM;", inTransaction("postgres")],
  ["a VACUUM in SQLite", "VACUUM;", inTransaction("sqlite")],
  [
    "a new enum value",
    "ALTER TYPE mood ADD VALUE 'odd'; INSERT INTO t VALUES ('odd'::mood);",
    inTransaction("postgres"),
  ],
  ["foreign keys that stay on", "PRAGMA foreign_keys = OFF;", inTransaction("sqlite")],
];

for (const [what, up, guard, transactional = true] of guards) {
  test(`${what} is refused in a large file as in a small one`, async () => {
    using files = scratch({ "one.sql": `-- migrate:up\n\n${up}\n-- migrate:down\n` });
    const file = files.path("one.sql");
    const statements = up.split(/;\s*/).filter(Boolean).map((sql): Work => ({
      kind: "statement",
      statement: { sql },
      at: { file, line: 3 },
    }));
    const section = { path: file, direction: "upgrade", grammar: "postgres" } as const;
    const refused = (work: readonly Work[]) =>
      toolErrorOf(() => guard({ transactional, work, source: { file, checksum: "" } }));
    const held = await refused(statements);
    const read = await refused([{ kind: "section", section }]);
    expect(read.message).toBe(held.message);
    expect(read.facts).toEqual(held.facts);
    expect(read.facts.line).toBe(3);
  });
}
