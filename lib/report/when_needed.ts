import type { Event, Report } from "./event.ts";

/** Returns a report that says which database is worked on only when there is more to say: a run that finds nothing to do is silent. */
export function whenNeeded(report: Report): Report {
  let held: Event | undefined;
  return (event) => {
    if (event.kind === "connected") {
      held = event;
      return;
    }
    if (held !== undefined) report(held);
    held = undefined;
    report(event);
  };
}
