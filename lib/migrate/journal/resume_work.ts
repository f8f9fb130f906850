import { belongsToSession } from "../../dialect/stands_alone.ts";
import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import { excerpt } from "../../sql/excerpt.ts";
import type { Location } from "../../sql/statement.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import type { Item } from "./items.ts";
import type { Journal } from "./journal.ts";
import type { Doing, InterruptedWork } from "./journal_state.ts";
import { outcomeOf } from "./outcome_of.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Skips the `items` that an earlier run has done, after comparing them with what was recorded, and
 * settles from the catalogue whether the statement that was running when that run ended was done.
 *
 * @throws {ToolError} `resume/changed` if the file no longer contains what was done;
 *   `resume/in_doubt` if only a person can tell whether a statement was done.
 */
export async function skipDone(
  items: Iterator<Item>,
  { step, journal, options }: {
    readonly step: Step;
    readonly journal: Journal;
    readonly options: RunOptions;
  },
): Promise<void> {
  const { left } = journal;
  if (left === undefined) return;
  let number = 0;
  const skip = async (digest: string): Promise<Item> => {
    const next = items.next();
    number += 1;
    if (next.done) throw changed(left, number, step);
    const item = next.value;
    if (item.kind === "copy") { for await (const _ of item.data()); }
    if (item.digest() !== digest) throw changed(left, number, step, item.at);
    return item;
  };
  for (const digest of left.digests) {
    const item = await skip(digest);
    const sql = item.kind === "statement" ? item.statement.sql : "";
    if (belongsToSession(sql, options.dialect.name)) {
      options.ownLockTimeout?.note(sql);
      await options.database.connection.query({ sql });
    }
  }
  const { inDoubt } = left;
  const outcome = inDoubt ? await outcomeOf(inDoubt, options) : "not done";
  if (inDoubt && outcome === "unknown") throw unknown(left, inDoubt, step);
  const done = inDoubt && outcome === "done" ? [await skip(inDoubt.digest)] : [];
  await journal.note({ done });
  options.report({
    kind: "resuming",
    revision: left.revision,
    statement: number + 1,
    statements: left.statements,
  });
}

function changed(
  left: InterruptedWork,
  number: number,
  step: Step,
  at?: Location,
): ToolError {
  const { revision, statements } = left;
  const found = at === undefined ? "is no longer in its file" : "has changed since it ran";
  return new ToolError(
    "resume/changed",
    `Cannot continue revision ${revision}, which is half done: statement ${number} of ${statements} ${found}`,
    {
      revision: revisionOf(step),
      file: at?.file ?? step.source?.file,
      line: at?.line,
      hint:
        `Restore the file; or undo by hand what was done, and type "migrate resume ${revision} --restart"`,
    },
  );
}

function unknown(left: InterruptedWork, { sql, file, line }: Doing, step: Step): ToolError {
  const { revision, statements, digests } = left;
  return new ToolError(
    "resume/in_doubt",
    `Cannot continue revision ${revision}: it is not known whether its statement ${
      digests.length + 1
    } of ${statements} was done`,
    {
      revision,
      file: file ?? step.source?.file,
      line,
      detail: excerpt(sql, undefined),
      hint:
        `Check the database, then type "migrate resume ${revision} --done" or "migrate resume ${revision} --again"`,
    },
  );
}
