import type { Event, Report } from "./event.ts";

/** A report that holds one event back until there is more to report. */
export interface HeldReport {
  readonly report: Report;
  /** Reports it now. */
  release(): void;
}

/**
 * Returns a report that says which database is worked on only once there is more to report: a run
 * that finds nothing to do is silent.
 */
export function whenNeeded(report: Report): HeldReport {
  let held: Event | undefined;
  const release = () => {
    if (held !== undefined) report(held);
    held = undefined;
  };
  return {
    release,
    report: (event) => {
      if (event.kind === "connected") {
        held = event;
        return;
      }
      // These print nothing, and another run may do what was planned.
      if (event.kind !== "planned" && event.kind !== "statement") release();
      report(event);
    },
  };
}
