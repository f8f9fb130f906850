import type { Report } from "../report/event.ts";

/** Returns a report that leaves out which databases are worked on: for what is only a part of a command, which says so itself. */
export function quietly(report: Report): Report {
  return (event) => {
    if (event.kind !== "connected") report(event);
  };
}
