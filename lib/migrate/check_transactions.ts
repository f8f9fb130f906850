import type { DialectName } from "../dialect/dialect.ts";
import type { EnumValueUse } from "../dialect/postgres/transactions/enum_value_uses.ts";
import { TransactionCheck } from "../dialect/postgres/transactions/transaction_check.ts";
import { refuseSetting } from "./guard/refuse_setting.ts";
import { foreignKeysPragma } from "../dialect/sqlite/foreign_keys_pragma.ts";
import { ToolError } from "../error.ts";
import type { StepContent } from "../plan/plan.ts";
import type { Move } from "../revision/route.ts";
import type { Location } from "../sql/statement.ts";
import { transactionWord } from "../sql/transaction_control.ts";
import { type Enforcement, insteadOfSwitch } from "./guard/foreign_keys_switch.ts";
import { knownStatements } from "./known_statements.ts";

/** A move with its content, before it is placed in a transaction. */
export interface PlannedStep {
  readonly move: Move;
  readonly content: StepContent;
}

interface Place {
  readonly revision: string;
  readonly at: Location | undefined;
}

/**
 * Refuses, before anything runs, statements that cannot run where the plan would put them: those
 * that PostgreSQL and SQLite refuse inside a transaction, those that begin or end a transaction
 * themselves, those that use an enum value added in the same transaction, those that try to
 * switch SQLite's foreign keys off where that has no effect, and those that declare an encoding other
 * than the one in which revisions are sent.
 *
 * @returns Warnings, for statements that may be such a use of an enum value, and for those that
 *   would switch foreign keys on in vain.
 * @throws {ToolError} `script/syntax`, with revision, file and line.
 */
export async function checkTransactions(
  steps: readonly PlannedStep[],
  dialect: DialectName,
  { perStep, enforcement }: {
    readonly perStep: boolean;
    readonly enforcement?: Enforcement | undefined;
  },
): Promise<readonly string[]> {
  const transactions = [new TransactionCheck<Place>()];
  const warnings: string[] = [];
  for (const { move, content } of steps) {
    if (move.direction === "stamp") continue;
    if (perStep || !content.transactional) transactions.push(new TransactionCheck());
    const enforced = enforcement?.(content);
    let switched = false;
    const check = (sql: string, at: Location | undefined) => {
      const place = { revision: move.revision.id, at };
      const word = transactionWord(sql);
      if (word !== undefined) throw ofItsOwn(word, place);
      if (dialect === "postgres") refuseSetting(sql, place);
      const wanted = enforcement && dialect === "sqlite" ? foreignKeysPragma(sql) : undefined;
      if (wanted === "off" && enforced !== undefined) throw notSwitched(enforced, place);
      // After an OFF, it merely restores the previous setting.
      if (wanted === "on" && !enforced && !switched) warnings.push(notEnforced(place));
      switched ||= wanted !== undefined;
      if (!content.transactional) return;
      if (dialect === "postgres") transactions.at(-1)?.add({ sql, place });
      else if (/^vacuum\b/i.test(sql)) {
        throw notHere("VACUUM cannot run inside a transaction", place);
      }
    };
    for (const it of content.work) {
      for (const { sql, at } of knownStatements(it)) check(sql, at);
    }
  }
  for (const transaction of transactions) {
    for (const problem of await transaction.problems()) {
      if (problem.kind === "notInTransaction") throw notHere(problem.reason, problem.used.place);
      if (problem.certain) throw usesNewValue(problem);
      warnings.push(
        `Revision ${problem.used.place.revision} may use '${problem.value}', which revision ` +
          `${problem.added.place.revision} adds to the enum ${problem.type} in the same transaction`,
      );
    }
  }
  return warnings;
}

function ofItsOwn(word: string, { revision, at }: Place): ToolError {
  return new ToolError(
    "script/syntax",
    `Cannot run revision ${revision}: its ${word} would begin or end a transaction itself`,
    {
      revision,
      ...at,
      hint: "Remove it: every revision runs in a transaction that also records it",
    },
  );
}

/**
 * Inside a transaction SQLite ignores the pragma, and each of our transactions begins with the
 * configured setting.
 */
function notSwitched(
  enforced: keyof typeof insteadOfSwitch,
  { revision, at }: Place,
): ToolError {
  return new ToolError(
    "script/syntax",
    `Cannot run revision ${revision}: its PRAGMA foreign_keys would not switch foreign keys off, and dropping a table would also delete the rows that refer to it`,
    { revision, ...at, hint: insteadOfSwitch[enforced] },
  );
}

function notEnforced({ revision }: Place): string {
  return `PRAGMA foreign_keys = ON in revision ${revision} does nothing in its transaction: ` +
    "foreign_keys = true in the configuration enforces them";
}

function notHere(why: string, { revision, at }: Place): ToolError {
  return new ToolError("script/syntax", `Cannot run revision ${revision}: ${why}`, {
    revision,
    ...at,
    hint: `Add ${
      noTransaction(at)
    } to the header, and keep such statements in a revision of their own`,
  });
}

function usesNewValue({ type, value, used, added }: EnumValueUse<Place>): ToolError {
  const { revision, at } = used.place;
  const how = noTransaction(added.place.at);
  return new ToolError(
    "script/syntax",
    `Cannot run revision ${revision}: it uses '${value}', which the same transaction adds to the enum ${type}`,
    {
      revision,
      ...at,
      hint: added.place.revision === revision
        ? `Move the ALTER TYPE into a revision before this one, with ${how} in its header`
        : `Add ${how} to the header of revision ${added.place.revision}, which adds it`,
    },
  );
}

/** Returns the header line that makes a revision run outside a transaction. */
function noTransaction(at: Location | undefined): string {
  return at?.file.endsWith(".sql")
    ? `"-- transaction: false"`
    : `"export const transaction = false;"`;
}
