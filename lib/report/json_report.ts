import type { Revision } from "../revision/revision.ts";
import type { Move } from "../revision/route.ts";
import type { Event, Report } from "./event.ts";
import { humanReport } from "./human_report.ts";

export type LogLevel = "info" | "warn" | "error";

/**
 * Returns a report that writes each event as one JSON object on a line of its own, for log
 * collectors: `time`, `level`, `event`, `message` as people would read it, and the event's own
 * facts.
 */
export function jsonReport(write: (text: string) => void, now: () => Date): Report {
  let text = "";
  const tell = humanReport((more) => text += more, { color: false });
  return (event) => {
    // Too many for a log: they are meant for a terminal.
    if (event.kind === "statement" || event.kind === "planned") return;
    text = "";
    tell(event);
    const { kind, ...facts } = event;
    write(logLine({
      time: now(),
      level: levels[kind] ?? "info",
      event: kind,
      ...factsOf(facts),
      message: messageOf(event, text),
    }));
  };
}

/** Returns `facts` as a line of the log. */
export function logLine(
  { time, level, event, message, ...facts }: {
    readonly time: Date;
    readonly level: LogLevel;
    readonly event: string;
    readonly message: string;
  } & Readonly<Record<string, unknown>>,
): string {
  return `${JSON.stringify({ time: time.toISOString(), level, event, message, ...facts })}\n`;
}

const levels: Readonly<Partial<Record<Event["kind"], LogLevel>>> = {
  notUp: "warn",
  waiting: "warn",
  locked: "warn",
  lockedOut: "warn",
  warned: "warn",
  failed: "error",
};

function messageOf(event: Event, told: string): string {
  if (event.kind === "stepFinished") return `Finished ${event.move.direction}`;
  if ("message" in event) return event.message;
  return told.trim();
}

/** A move is represented by its direction and its revision, a revision by its id. */
function factsOf(
  { move, revision, milliseconds, ...facts }: {
    readonly move?: Move;
    readonly revision?: Revision | string | null;
    readonly milliseconds?: number;
  } & Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    ...(revision !== undefined && {
      revision: typeof revision === "object" ? revision?.id ?? null : revision,
    }),
    ...(move && {
      direction: move.direction,
      revision: move.direction === "stamp" ? move.to.join(", ") : move.revision.id,
    }),
    ...(milliseconds !== undefined && { durationMs: Math.round(milliseconds) }),
    ...facts,
  };
}
