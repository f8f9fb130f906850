import { mayStandAlone, standsAlone } from "../../dialect/stands_alone.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Session } from "../../driver/driver.ts";
import type { Step } from "../../plan/plan.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import type { Item } from "./items.ts";
import { runBody } from "../execute/run_body.ts";
import { runDeferred } from "../execute/run_deferred.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Work of a step that is not transactional which commits, and is recorded in the journal, as one.
 */
export interface Unit {
  readonly transactional: boolean;
  /** Never empty. */
  readonly items: readonly Item[];
  /** Present if foreign keys must not be enforced in its transaction. */
  readonly foreignKeys?: false;
  /** @throws {ToolError} With file and line. */
  run(session: Session): Promise<void>;
}

type StatementItem = Extract<Item, { kind: "statement" }>;

const mostTogether = 500;

/**
 * Yields the units of `step`: adjacent statements that can share a transaction together, which spares
 * a commit for each row, and all others alone.
 */
export async function* unitsOf(
  items: Iterable<Item>,
  step: Step,
  options: RunOptions,
): AsyncGenerator<Unit> {
  const { name: dialect } = options.dialect;
  let together: StatementItem[] = [];
  for (const item of items) {
    const sql = item.kind === "statement" ? item.statement.sql : "";
    const alone = mayStandAlone(sql, dialect) && await standsAlone(sql, dialect);
    if (item.kind === "statement" && !alone && sharesTransaction(item)) {
      together.push(item);
      if (together.length < mostTogether) continue;
    }
    if (together.length > 0) yield statementsUnit(together, true, step);
    if (together.at(-1) !== item) yield ownUnit(item, alone, step, options);
    together = [];
  }
  if (together.length > 0) yield statementsUnit(together, true, step);
}

/** Anything but rows to insert may hold locks, or make changes, that must be committed before what follows. */
function sharesTransaction({ statement: { sql } }: StatementItem): boolean {
  return /^INSERT\b/i.test(sql) && !/\bSELECT\b/i.test(sql);
}

function ownUnit(item: Item, alone: boolean, step: Step, options: RunOptions): Unit {
  switch (item.kind) {
    case "statement":
      return statementsUnit([item], !alone, step);
    case "copy":
      return workUnit(item, step, (session) => session.copyIn(item.statement, item.data()));
    case "body":
      return workUnit(item, step, (session) => runBody(item, { step, session, options }));
    case "deferred":
      return {
        ...workUnit(item, step, (session) => runDeferred(item, { step, session, options })),
        foreignKeys: false,
      };
  }
}

function statementsUnit(
  items: readonly StatementItem[],
  transactional: boolean,
  step: Step,
): Unit {
  return {
    transactional,
    items,
    run: async (session) => {
      try {
        await session.send(items.map((it) => it.statement));
      } catch (error) {
        const index = error instanceof DatabaseError ? error.answer.index ?? 0 : 0;
        throw explainFailure(error, step, items[index]?.at);
      }
    },
  };
}

function workUnit(item: Item, step: Step, work: (session: Session) => Promise<void>): Unit {
  return {
    transactional: true,
    items: [item],
    run: (session) =>
      work(session).catch((error) => {
        throw explainFailure(error, step, item.at);
      }),
  };
}
