import { expect, test } from "bun:test";
import type { Event } from "../../lib/report/event.ts";
import { whenNeeded } from "../../lib/report/when_needed.ts";

const connected: Event = { kind: "connected", database: "sqlite:///a.db" };

/** Returns what is reported of `events`. */
function reported(...events: readonly Event[]): readonly Event[] {
  const told: Event[] = [];
  const { report } = whenNeeded((event) => told.push(event));
  events.forEach(report);
  return told;
}

test("a run whose steps another one does first does not even say which database it is on", () => {
  const planned: Event = { kind: "planned", steps: 2 };
  const statement: Event = { kind: "statement", sql: "SELECT 1" };
  expect(reported(connected, planned, statement)).toEqual([planned, statement]);
});

test("the database comes before the first line that there is", () => {
  const planned: Event = { kind: "planned", steps: 2 };
  const waiting: Event = { kind: "waiting", holder: "pid 1" };
  expect(reported(connected, planned, waiting)).toEqual([planned, connected, waiting]);
});
