import type { Move } from "../revision/route.ts";
import { describeDuration } from "../sql/timeouts.ts";
import { describeMove } from "./describe_move.ts";
import type { Report } from "./event.ts";
import { visible } from "./visible.ts";

/** A step that takes less is not worth a line that comes and goes. */
const patienceMilliseconds = 1000;
const everyMilliseconds = 250;

/** Where progress is shown. */
export interface ProgressTerminal {
  write(text: string): void;
  /** The width of the terminal in characters. */
  readonly columns: number;
}

/**
 * Returns a report that forwards to the one that `reportTo` makes, and shows a line below it while
 * a step takes its time: the step's number and the total, how long it has been running, and its
 * current statement.
 */
export function progressReport(
  terminal: ProgressTerminal,
  reportTo: (write: (text: string) => void) => Report,
): Report {
  let steps = 0;
  let number = 0;
  let running: { readonly move: Move; readonly since: number; statement: string } | undefined;
  let shown = false;
  let drawn = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const erase = () => {
    if (shown) terminal.write("\r\x1b[2K");
    shown = false;
  };
  const draw = () => {
    drawn = performance.now();
    if (running === undefined || drawn - running.since < patienceMilliseconds) return;
    const { move, since, statement } = running;
    const place = steps > 0 ? `[${Math.min(number, steps)}/${steps}] ` : "";
    const time = describeDuration(Math.floor((drawn - since) / 1000) * 1000);
    const line = `${place}${describeMove(move)}  ${time}${
      statement && `  ${inOneLine(statement)}`
    }`;
    terminal.write(`\r\x1b[2K${clipped(visible(line), terminal.columns - 1)}`);
    shown = true;
  };
  const rest = () => {
    clearInterval(timer);
    running = undefined;
    erase();
  };
  const report = reportTo((text) => {
    erase();
    terminal.write(text);
  });
  return (event) => {
    switch (event.kind) {
      case "planned":
        steps = event.steps;
        number = 0;
        return;
      case "statement":
        if (running) running.statement = event.sql;
        // A database in this process blocks timers.
        if (performance.now() - drawn > everyMilliseconds) draw();
        return;
      case "stepFinished":
      case "failed":
        rest();
        break;
      case "stepStarted":
        rest();
        number += 1;
        report(event);
        running = { move: event.move, since: performance.now(), statement: "" };
        timer = setInterval(draw, everyMilliseconds);
        timer.unref();
        return;
    }
    report(event);
  };
}

function inOneLine(sql: string): string {
  return sql.slice(0, 400).replaceAll(/\s+/g, " ").trim();
}

function clipped(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let kept = "";
  let width = 0;
  for (const letter of line) {
    width += widthOf(letter);
    if (width >= columns) break;
    kept += letter;
  }
  return `${kept}…`;
}

/**
 * Returns how many columns `text` takes at most: East Asian letters and emoji take two, and all of
 * them come at or after U+1100.
 */
function widthOf(text: string): number {
  return [...text].reduce((width, it) => width + (it < "\u1100" ? 1 : 2), 0);
}
