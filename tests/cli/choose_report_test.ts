import { expect, jest, test } from "bun:test";
import { chooseReport } from "../../lib/cli/choose_report.ts";
import { processContext } from "../../lib/config/process_context.ts";

test("progress follows a terminal that becomes narrower", () => {
  jest.useFakeTimers();
  let text = "";
  const stderr = { isTerminal: true, columns: 80, write: (more: string) => void (text += more) };
  const input = { arguments: [], flag: () => false, value: () => undefined, values: () => [] };
  const report = chooseReport(input, () => {}, {
    context: { ...processContext(), env: {} },
    stderr,
    style: { color: false },
  });
  const move = { direction: "stamp", from: [], to: ["a".repeat(60)] } as const;
  report({ kind: "stepStarted", move });
  text = "";
  stderr.columns = 20;
  jest.advanceTimersByTime(1000);
  expect(text).toBe(`\r\x1b[2Kstamp_revision  ->…`);
  report({ kind: "stepFinished", move, milliseconds: 1 });
  jest.useRealTimers();
});
