import { describeBlockers } from "./describe_blockers.ts";
import { describeMove } from "./describe_move.ts";
import { describeDuration } from "../sql/timeouts.ts";
import type { Event, Report } from "./event.ts";
import { visible } from "./visible.ts";

/**
 * Returns a report that writes each event as a line, for people who watch a run or read its log.
 */
export function humanReport(
  tell: (text: string) => void,
  style: { readonly color: boolean },
): Report {
  const write = (text: string) => tell(visible(text));
  const dim = (text: string) => paint(style.color, 2)(text);
  const yellow = (text: string) => paint(style.color, 33)(text);
  return (event: Event) => {
    switch (event.kind) {
      case "connected":
        return write(`${dim(`Database: ${event.database}`)}\n`);
      case "notUp":
        return write(`${yellow("Waiting")} for the database: ${event.reason}\n`);
      case "waiting":
        return write(`${yellow("Waiting")} for another run: ${event.holder}\n`);
      case "locked":
        return write(`${yellow("Waiting")} for the database: ${event.holder} has it locked\n`);
      case "stepStarted":
        return write(`Running ${describeMove(event.move)}\n`);
      case "stepFinished":
      case "planned":
      case "statement":
      case "failed":
        return undefined;
      case "lockedOut":
        return write(
          `${yellow("Blocked")} at ${event.statement}: ${describeBlockers(event.blockers)}\n` +
            `  ${event.transactional ? "Rolled back; trying" : "Trying"} again in ${
              describeDuration(event.waitMilliseconds)
            }\n`,
        );
      case "examined": {
        const { how, revision: { id, message }, number, of } = event;
        const said = message === "" ? "" : `, ${message}`;
        return write(`${dim(`${how} revision ${number} of ${of}: ${id}${said}`)}\n`);
      }
      case "detected":
        return write(`Detected ${event.description}\n`);
      case "resuming":
        return write(
          event.statement > event.statements
            ? `All ${event.statements} statements of ${event.revision} were already done\n`
            : `Resuming at statement ${event.statement} of ${event.statements} of ${event.revision}\n`,
        );
      case "backedUp":
        return write(
          `Saved the database to ${event.file} in ${describeDuration(event.milliseconds)}\n`,
        );
      case "said":
        return write(`${dim(`${event.by}:`)} ${event.text}\n`);
      case "notice":
        return write(`${dim(event.text)}\n`);
      case "noted":
        return write(`${dim(`Note: ${event.message}`)}\n`);
      case "warned":
        return write(
          `${yellow("Warning:")} ${event.message}\n${event.hint ? `  Hint: ${event.hint}\n` : ""}`,
        );
    }
  };
}

/** Returns a function that wraps text in one ANSI attribute, or leaves it alone. */
export function paint(color: boolean, attribute: number): (text: string) => string {
  return color ? (text) => `\x1b[${attribute}m${text}\x1b[0m` : (text) => text;
}
