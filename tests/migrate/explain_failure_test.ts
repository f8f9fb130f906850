import { expect, test } from "bun:test";
import { DatabaseError, type ServerAnswer } from "../../lib/driver/database_error.ts";
import { ToolError } from "../../lib/error.ts";
import { explainFailure } from "../../lib/migrate/explain/explain_failure.ts";
import type { Step } from "../../lib/plan/plan.ts";
import type { Move } from "../../lib/revision/route.ts";
import { revision } from "../revision/graphs.ts";

const script = ["CREATE TABLE t (", "  a int,", "  b int,", "  c itn,", "  d int", ")"].join("\n");

function step(move: Move): Step {
  const source = { file: "versions/a1.sql", checksum: "" };
  return { move, before: [], after: [], changes: [], work: [], source };
}

const up = step({ direction: "upgrade", revision: revision("a1") });
const at = { file: "versions/a1.sql", line: 7 };

/** Returns the position of `word` as the server counts it. */
function positionOf(word: string, sql = script): number {
  return sql.indexOf(word) + 1;
}

test("explainFailure() says what failed, where, and what the server said of it", () => {
  const failed = new DatabaseError({
    message: 'type "itn" does not exist',
    serverDetail: "There is none",
    serverHint: "Write int",
    position: positionOf("itn"),
    statement: { sql: script },
  });
  const error = explainFailure(failed, up, at);
  expect(error.code).toBe("database/failed");
  expect(error.message).toBe('Cannot upgrade to a1: type "itn" does not exist');
  expect(error.facts).toMatchObject({
    revision: "a1",
    file: "versions/a1.sql",
    hint: "Write int",
    detail: "    a int,\n    b int,\n    c itn,\n      ^\nDetail: There is none",
    cause: failed,
  });
});

const hints: readonly (readonly [Omit<ServerAnswer, "statement">, string | undefined])[] = [
  [
    {
      sqlState: "2BP01",
      message: "cannot drop type pair because other objects depend on it",
      serverHint: "Use DROP ... CASCADE to drop the dependent objects too.",
    },
    "Change or drop what depends on it first",
  ],
  [
    {
      sqlState: "2BP01",
      message: "cannot drop index i because constraint c on table t requires it",
      serverHint: "You can drop constraint c on table t instead.",
    },
    "You can drop constraint c on table t instead.",
  ],
  [
    { sqlState: "57014", message: "canceling statement due to user request" },
    "Somebody cancelled the statement, as pg_cancel_backend does: ask why, then run the command again",
  ],
  [
    { sqlState: "57014", message: "canceling statement due to statement timeout" },
    "Raise statement_timeout in the configuration or in the header of the file, 0 for none",
  ],
];

for (const [answer, hint] of hints) {
  test(`explainFailure() has a hint for: ${answer.message}`, () => {
    const failed = new DatabaseError({ ...answer, statement: { sql: "SELECT 1" } });
    expect(explainFailure(failed, up, at).facts.hint).toBe(hint);
  });
}

test("explainFailure() counts the lines within the statement in a .sql file only", () => {
  const failed = new DatabaseError({
    message: "no",
    position: positionOf("itn"),
    statement: { sql: script },
  });
  expect(explainFailure(failed, up, at).facts.line).toBe(7 + 3);
  expect(explainFailure(failed, up, { ...at, file: "versions/a1.ts" }).facts.line).toBe(7);
});

test("explainFailure() shows the statement if the server gives no position", () => {
  const failed = new DatabaseError({ message: "no", statement: { sql: "SELECT 1" } });
  expect(explainFailure(failed, up, at).facts).toMatchObject({ line: 7, detail: "  SELECT 1" });
});

test("explainFailure() keeps what a ToolError says, and adds where it was", () => {
  const failed = new ToolError("operation/unsupported", "Cannot do it", {
    hint: "Do that",
    line: 3,
  });
  const error = explainFailure(failed, up, at);
  expect([error.code, error.message]).toEqual(["operation/unsupported", "Cannot do it"]);
  expect(error.facts).toMatchObject({ hint: "Do that", line: 3, file: at.file, revision: "a1" });
});

const thrown: readonly (readonly [unknown, string])[] = [
  [new RangeError("out of bounds"), "out of bounds"],
  ["a text", "a text"],
  [undefined, "undefined"],
];

for (const [value, message] of thrown) {
  test(`explainFailure() of what a script throws: ${message}`, () => {
    const error = explainFailure(value, up, undefined);
    expect([error.code, error.message]).toEqual([
      "script/failed",
      `Cannot upgrade to a1: ${message}`,
    ]);
    expect([error.facts.file, error.facts.line]).toEqual(["versions/a1.sql", undefined]);
  });
}

const doings: readonly (readonly [Move, string])[] = [
  [{ direction: "downgrade", revision: revision("a1") }, "Cannot downgrade a1: no"],
  [{ direction: "stamp", from: ["a1"], to: ["b1", "c1"] }, "Cannot stamp b1, c1: no"],
  [{ direction: "stamp", from: ["a1"], to: [] }, "Cannot stamp base: no"],
];

for (const [move, message] of doings) {
  test(`explainFailure() says "${message}"`, () => {
    expect(explainFailure(new Error("no"), step(move), undefined).message).toBe(message);
  });
}
