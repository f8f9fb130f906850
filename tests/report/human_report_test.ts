import { expect, test } from "bun:test";
import type { Event } from "../../lib/report/event.ts";
import { humanReport } from "../../lib/report/human_report.ts";
import { revision } from "../revision/graphs.ts";

const move = { direction: "upgrade", revision: revision("a1", { message: "users" }) } as const;

const events: readonly Event[] = [
  { kind: "connected", database: "sqlite:///dev.db" },
  { kind: "notUp", reason: "nothing listens" },
  { kind: "waiting", holder: "ann at build-3" },
  { kind: "locked", holder: "sqlite3 (process 7)" },
  { kind: "stepStarted", move },
  {
    kind: "lockedOut",
    transactional: true,
    statement: "DROP TABLE t",
    blockers: [
      {
        pid: 7,
        user: "ann",
        application: "psql",
        state: "active",
        seconds: 185,
        query: "SELECT 1",
      },
      { pid: 8, state: "idle in transaction", query: "SELECT 2" },
      { pid: 0 },
    ],
    waitMilliseconds: 2345,
  },
  {
    kind: "lockedOut",
    statement: "DROP INDEX CONCURRENTLY i",
    transactional: false,
    blockers: [],
    waitMilliseconds: 80,
  },
  { kind: "notice", text: "NOTICE: it is there already" },
  { kind: "stepFinished", move, milliseconds: 3 },
  { kind: "warned", message: "The rows are unknown", hint: "Say --purge" },
  { kind: "warned", message: "The rows are unknown" },
];

function written(color: boolean): string {
  let text = "";
  const report = humanReport((it) => void (text += it), { color });
  events.forEach(report);
  return text;
}

const plain = `Database: sqlite:///dev.db
Waiting for the database: nothing listens
Waiting for another run: ann at build-3
Waiting for the database: sqlite3 (process 7) has it locked
Running upgrade  -> a1, users
Blocked at DROP TABLE t: pid 7 (user ann, application "psql", active for 3 min): SELECT 1; pid 8 (idle in transaction): last SELECT 2; a prepared transaction (see pg_prepared_xacts)
  Rolled back; trying again in 2.3 s
Blocked at DROP INDEX CONCURRENTLY i: another session, which can no longer be identified
  Trying again in 80 ms
NOTICE: it is there already
Warning: The rows are unknown
  Hint: Say --purge
Warning: The rows are unknown
`;

test("humanReport() writes every event as text", () => {
  expect(written(false)).toBe(plain);
});

test("humanReport() writes the same text in colour", () => {
  const colored = written(true);
  expect(colored).toContain("\x1b[33mWarning:\x1b[0m The rows");
  // deno-lint-ignore no-control-regex -- escape sequences are what is looked for
  expect(colored.replaceAll(/\x1b\[\d+m/g, "")).toBe(plain);
});
