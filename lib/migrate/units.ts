import type { CompiledStatement } from "../dialect/dialect.ts";
import { standsAlone } from "../dialect/stands_alone.ts";
import { DatabaseError } from "../driver/database_error.ts";
import type { Session } from "../driver/driver.ts";
import type { Step, Work } from "../plan/plan.ts";
import { openSection } from "../script/open_section.ts";
import type { Location } from "../sql/statement.ts";
import { explainFailure } from "./explain_failure.ts";
import { chunksOf, dataUntilEnd } from "./copy_data.ts";
import { runBody } from "./run_body.ts";
import { runDeferred } from "./run_deferred.ts";
import type { RunOptions } from "./run_options.ts";

/** Work of a step that is not transactional which commits, and is journalled, as one. */
export interface Unit {
  readonly transactional: boolean;
  /** Statements in it; a body and a COPY count as one. */
  readonly count: number;
  /** False: foreign keys must not be enforced in its transaction. */
  readonly foreignKeys?: false;
  /** @throws {ToolError} With file and line. */
  run(session: Session): Promise<void>;
}

interface Placed {
  readonly statement: CompiledStatement;
  readonly at: Location | undefined;
}

const mostTogether = 500;

/** Yields the units of `step`: neighbouring statements that can run in a transaction together, all others alone. */
export async function* unitsOf(step: Step, options: RunOptions): AsyncGenerator<Unit> {
  let together: Placed[] = [];
  for await (const item of itemsOf(step.work)) {
    const alone = item.kind === "statement" &&
      standsAlone(item.statement.sql, options.dialect.name);
    if (item.kind === "statement" && !alone && item.statement.transactional !== false) {
      together.push(item);
      if (together.length < mostTogether) continue;
    }
    if (together.length > 0) yield statementsUnit(together, true, step);
    together = [];
    if (item.kind === "copy") {
      yield workUnit(step, item.at, (session) => session.copyIn(item.statement, item.data));
    } else if (item.kind === "body") {
      yield workUnit(step, item.at, (session) => runBody(item.operation, session, options));
    } else if (item.kind === "deferred") {
      yield {
        ...workUnit(step, undefined, (session) => runDeferred(item, { step, session, options })),
        foreignKeys: false,
      };
    } else if (alone) {
      yield statementsUnit([item], false, step);
    } else if (item.statement.transactional === false) {
      yield statementsUnit([item], true, step);
    }
  }
  if (together.length > 0) yield statementsUnit(together, true, step);
}

type Item =
  | { readonly kind: "statement" } & Placed
  | { readonly kind: "copy"; readonly data: AsyncIterable<string> } & Placed
  | Extract<Work, { kind: "body" | "deferred" }>;

async function* itemsOf(work: readonly Work[]): AsyncGenerator<Item> {
  for (const it of work) {
    if (it.kind === "statement") yield { kind: it.kind, statement: it.statement, at: it.at };
    else if (it.kind === "copy") {
      yield { kind: it.kind, statement: it.statement, at: it.at, data: chunksOf(it.data) };
    } else if (it.kind === "section") {
      const file = it.section.path;
      const pieces = openSection(it.section);
      for (let next = pieces.next(); !next.done; next = pieces.next()) {
        const piece = next.value;
        if (piece.kind !== "statement" && piece.kind !== "copy") continue;
        const placed = { statement: { sql: piece.sql }, at: { file, line: piece.line } };
        yield piece.kind === "statement"
          ? { kind: "statement", ...placed }
          : { kind: "copy", ...placed, data: dataUntilEnd(pieces) };
      }
    } else yield it;
  }
}

function statementsUnit(items: readonly Placed[], transactional: boolean, step: Step): Unit {
  return {
    transactional,
    count: items.length,
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

function workUnit(
  step: Step,
  at: Location | undefined,
  work: (session: Session) => Promise<void>,
): Unit {
  return {
    transactional: true,
    count: 1,
    run: (session) =>
      work(session).catch((error) => {
        throw explainFailure(error, step, at);
      }),
  };
}
