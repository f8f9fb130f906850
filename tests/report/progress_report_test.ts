import { afterEach, beforeEach, expect, jest, test } from "bun:test";
import { humanReport } from "../../lib/report/human_report.ts";
import { progressReport } from "../../lib/report/progress_report.ts";
import { whenNeeded } from "../../lib/report/when_needed.ts";
import type { Event } from "../../lib/report/event.ts";

const revision = {
  ...{ id: "b", downRevisions: ["a"], dependsOn: [], branchLabels: [] },
  ...{ message: "add a table", path: "b.sql" },
};
const move = { direction: "upgrade", revision } as const;
const erased = "\r\x1b[2K";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("progressReport() shows the number of the running step, the time and the statement", () => {
  let text = "";
  const terminal = { write: (more: string) => void (text += more), columns: 60 };
  const report = progressReport(terminal, (write) => humanReport(write, { color: false }));
  report({ kind: "planned", steps: 3 });
  report({ kind: "stepStarted", move });
  report({ kind: "statement", sql: `SELECT\n  ${"long, ".repeat(20)}1` });
  jest.advanceTimersByTime(999);
  expect(text).toBe("Running upgrade a -> b, add a table\n");
  text = "";
  const line = `${erased}[1/3] upgrade a -> b, add a table  1 s  SELECT long, long,…`;
  expect(line.length - erased.length).toBe(59);
  jest.advanceTimersByTime(1);
  expect(text).toBe(line);
  text = "";
  jest.advanceTimersByTime(1000);
  expect(text.endsWith(line.replace("1 s", "2 s"))).toBe(true);
  text = "";
  report({ kind: "notice", text: "NOTICE: something" });
  expect(text).toBe(`${erased}NOTICE: something\n`);
  report({ kind: "stepFinished", move, milliseconds: 1 });
  text = "";
  jest.advanceTimersByTime(600);
  expect(text).toBe("");
});

test("progressReport() stays within the line if characters take two columns", () => {
  let text = "";
  const terminal = { write: (more: string) => void (text += more), columns: 30 };
  const report = progressReport(terminal, (write) => humanReport(write, { color: false }));
  report({
    kind: "stepStarted",
    move: { ...move, revision: { ...revision, message: "表を作る🎉🎉🎉" } },
  });
  text = "";
  jest.advanceTimersByTime(1000);
  expect(text).toBe(`${erased}upgrade a -> b, 表を作る🎉🎉…`);
  report({ kind: "stepFinished", move, milliseconds: 1 });
});

test("progressReport() shows nothing for a quick step, and erases itself at a failure", () => {
  let text = "";
  const terminal = { write: (more: string) => void (text += more), columns: 60 };
  const report = progressReport(terminal, (write) => humanReport(write, { color: false }));
  report({ kind: "stepStarted", move });
  report({ kind: "stepFinished", move, milliseconds: 1 });
  expect(text).toBe("Running upgrade a -> b, add a table\n");
  report({ kind: "stepStarted", move });
  jest.advanceTimersByTime(1400);
  const nothing = { hint: null, revision: null, file: null, line: null };
  report({ kind: "failed", message: "no", code: "database/failed", ...nothing });
  expect(text.endsWith(erased)).toBe(true);
  text = "";
  jest.advanceTimersByTime(400);
  expect(text).toBe("");
});

test("whenNeeded() holds back the database until there is another event, or until it is released", () => {
  const seen: Event["kind"][] = [];
  const { report, release } = whenNeeded((event) => void seen.push(event.kind));
  report({ kind: "connected", database: "sqlite://" });
  expect(seen).toEqual([]);
  report({ kind: "noted", message: "x" });
  report({ kind: "noted", message: "y" });
  expect(seen).toEqual(["connected", "noted", "noted"]);
  report({ kind: "connected", database: "sqlite://" });
  release();
  release();
  expect(seen).toEqual(["connected", "noted", "noted", "connected"]);
});
