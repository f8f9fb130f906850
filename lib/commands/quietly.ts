import type { Report } from "../report/event.ts";

/**
 * Returns a report that omits which databases are worked on: for a part of a command that reports
 * that itself.
 */
export function quietly(report: Report): Report {
  return (event) => {
    if (event.kind !== "connected") report(event);
  };
}
