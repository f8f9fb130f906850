import type { Traces } from "../../dialect/postgres/transactions/traces.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import type { Item } from "./items.ts";
import type { Journal } from "./journal.ts";
import { patientStatement } from "../lock/patient_transaction.ts";
import type { RunOptions } from "../run_options.ts";
import { outcomeOf } from "./outcome_of.ts";
import {
  brokenOf,
  dropBroken,
  findTraces,
  type Found,
  type IndexTraces,
  readTraces,
} from "./traces.ts";
import type { Unit } from "./units.ts";

interface Surroundings {
  readonly step: Step;
  readonly journal: Journal;
  readonly options: RunOptions;
}

/**
 * Runs a statement that cannot be in a transaction, and records before it that it starts, and after
 * it that it is done. An index that is built concurrently is checked to be valid then; a broken one
 * of its name is dropped first. If it did not get its locks, what it left is cleaned up before it runs
 * again.
 */
export async function runAlone(
  item: Extract<Item, { kind: "statement" }>,
  run: Unit["run"],
  { step, journal, options }: Surroundings,
): Promise<void> {
  const { sql } = item.statement;
  const traces = await readTraces(sql, options);
  if (traces.kind === "index" && traces.name !== undefined) await clearBroken(traces, [], options);
  const there = traces.kind === "index" || traces.kind === "object"
    ? (await findTraces(traces.find, options)).map((it) => it.name)
    : [];
  const place = item.at && journal.place(item.at);
  const doing = { sql, digest: item.digest(), there, ...place };
  await journal.note({ doing });
  let isAgain = false;
  const attempt = async (session: Session) => {
    if (isAgain && await outcomeOf(doing, options) === "done") return;
    isAgain = true;
    await run(session);
  };
  try {
    await patientStatement(options, attempt, { repeatable: traces.kind !== "none" });
    if (traces.kind === "index") await demandValid(traces, there, { step, item, options });
  } catch (error) {
    if (traces.kind === "none") journal.leaveInDoubt();
    if (!(error instanceof ToolError) || options.signal?.aborted) throw error;
    const dropped = await clearBroken(traces, there, options).catch(() => []); // the session may be lost
    if (hasDoneNothing(error, traces)) await journal.note({}).catch(() => {});
    throw withDropped(error, dropped);
  }
  await journal.note({ done: [item] });
}

/** Drops the invalid indexes that the statement has left, and returns them. */
async function clearBroken(
  traces: Traces,
  before: readonly string[],
  options: RunOptions,
): Promise<readonly Found[]> {
  let broken: readonly Found[] = [];
  if (traces.kind === "index") {
    broken = brokenOf(traces, await findTraces(traces.find, options), before);
  } else if (traces.kind === "repeatable" && traces.litter) {
    broken = await findTraces(traces.litter, options);
  }
  await dropBroken(broken, options);
  return broken;
}

async function demandValid(
  traces: IndexTraces,
  before: readonly string[],
  { step, item, options }: {
    readonly step: Step;
    readonly item: Item;
    readonly options: RunOptions;
  },
): Promise<void> {
  const found = await findTraces(traces.find, options);
  const [invalid] = brokenOf(traces, found, before);
  const missing = traces.name !== undefined && found.length === 0;
  if (invalid === undefined && !missing) return;
  throw explainFailure(
    new ToolError(
      "database/failed",
      invalid
        ? `Cannot continue: the index ${invalid.name} is not valid after it was built`
        : `Cannot continue: there is no index ${traces.name} on ${traces.table}, but something else has its name`,
      { hint: invalid ? "Run it again" : "Give the index another name" },
    ),
    step,
    item.at,
  );
}

/**
 * A statement that the server rejected has done nothing, unless it is code that commits, or a half
 * detached partition.
 */
function hasDoneNothing(error: ToolError, { kind }: Traces): boolean {
  if (kind === "none" || kind === "partition") return false;
  for (let it: unknown = error; it instanceof Error; it = it.cause) {
    if (it instanceof DatabaseError) return true;
  }
  return false;
}

function withDropped(error: ToolError, dropped: readonly Found[]): ToolError {
  if (dropped.length === 0) return error;
  const names = dropped.map((it) => it.name).join(", ");
  return new ToolError(error.code, error.message, {
    ...error.facts,
    hint: [`The invalid index ${names} that it left has been dropped`, error.facts.hint]
      .filter(Boolean).join(". "),
  });
}
