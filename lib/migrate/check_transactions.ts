import type { DialectName } from "../dialect/dialect.ts";
import { addsEnumValue, createsType, enumValueUses, type Placed } from "../dialect/postgres/enum_value_uses.ts";
import { type Grammar, loadGrammar } from "../dialect/postgres/grammar.ts";
import { mayRefuseTransaction, whyNotInTransaction } from "../dialect/postgres/not_in_transaction.ts";
import { ToolError } from "../error.ts";
import type { StepContent, Work } from "../plan/plan.ts";
import type { Move } from "../revision/route.ts";
import { openSection } from "../script/open_section.ts";
import type { Location } from "../sql/statement.ts";
import { transactionControl } from "../sql/transaction_control.ts";

/** What is planned, before it is placed in transactions. */
export interface PlannedStep {
  readonly move: Move;
  readonly content: StepContent;
}

interface Place {
  readonly revision: string;
  readonly at: Location | undefined;
}

/**
 * Refuses, before anything runs, statements that cannot run where the plan would put them: one that
 * PostgreSQL and SQLite refuse inside a transaction, one that begins or ends a transaction itself, and
 * one that uses an enum value which the same transaction adds.
 *
 * @returns Warnings: what may be such a use, and what may be chance.
 * @throws {ToolError} `script/syntax`, with revision, file and line.
 */
export async function checkTransactions(
  steps: readonly PlannedStep[],
  dialect: DialectName,
  { perStep }: { readonly perStep: boolean },
): Promise<readonly string[]> {
  const warnings: string[] = [];
  let grammar: Grammar | undefined;
  let transaction: Placed<Place>[] = [];
  for (const { move, content } of steps) {
    if (move.direction === "stamp") continue;
    if (perStep || !content.transactional) transaction = [];
    for await (const { sql, at } of statementsOf(content.work)) {
      const place = { revision: move.revision.id, at };
      if (transactionControl(sql) === "begin" || transactionControl(sql) === "end") throw ownTransaction(sql, place);
      if (!content.transactional) continue;
      if (dialect === "sqlite") {
        if (/^vacuum\b/i.test(sql)) throw notHere("VACUUM cannot run inside a transaction", place);
        continue;
      }
      if (mayRefuseTransaction(sql)) {
        const why = whyNotInTransaction(sql, grammar ??= await loadGrammar());
        if (why !== undefined) throw notHere(why, place);
      }
      if (isOfInterest(sql, transaction)) transaction.push({ sql, place });
    }
    if (!transaction.some((it) => addsEnumValue(it.sql))) continue;
    for (const use of enumValueUses(transaction, grammar ??= await loadGrammar())) {
      if (use.used.place.revision !== move.revision.id) continue;
      if (use.certain) throw usesNewValue(use.type, use.value, use.used.place, use.added.place);
      warnings.push(`Revision ${use.used.place.revision} may use '${use.value}', which revision ${use.added.place.revision} adds to ${use.type} in the same transaction`);
    }
  }
  return warnings;
}

/** Keeps in memory only what can matter: what makes types and values, and what names a value that was added. */
function isOfInterest(sql: string, before: readonly Placed<Place>[]): boolean {
  if (addsEnumValue(sql) || createsType(sql)) return true;
  return before.some((it) => addsEnumValue(it.sql) && labelsOf(it.sql).some((label) => sql.includes(label)));
}

function labelsOf(sql: string): readonly string[] {
  return [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) => label);
}

async function* statementsOf(work: readonly Work[]): AsyncGenerator<{ readonly sql: string; readonly at: Location | undefined }> {
  for (const it of work) {
    if (it.kind === "statement" || it.kind === "copy") yield { sql: it.statement.sql, at: it.at };
    if (it.kind !== "section") continue;
    const file = it.section.path;
    for await (const piece of openSection(it.section)) {
      if (piece.kind === "statement" || piece.kind === "copy") yield { sql: piece.sql, at: { file, line: piece.line } };
    }
  }
}

function ownTransaction(sql: string, { revision, at }: Place): ToolError {
  const word = /^\w+/.exec(sql)?.[0].toUpperCase() ?? "";
  return new ToolError("script/syntax", `Cannot run revision ${revision}: its ${word} would begin or end a transaction itself`, {
    revision,
    ...at,
    hint: "Take it out: every revision runs in a transaction that records it, too",
  });
}

function notHere(why: string, { revision, at }: Place): ToolError {
  const how = at?.file.endsWith(".sql") ? `"-- transaction: false"` : `"export const transaction = false;"`;
  return new ToolError("script/syntax", `Cannot run revision ${revision}: ${why}`, {
    revision,
    ...at,
    hint: `Add ${how} to the header, and keep such statements in a revision of their own`,
  });
}

function usesNewValue(type: string, value: string, { revision, at }: Place, added: Place): ToolError {
  const how = added.at?.file.endsWith(".sql") ? `"-- transaction: false"` : `"export const transaction = false;"`;
  return new ToolError("script/syntax", `Cannot run revision ${revision}: it uses '${value}', which the same transaction adds to the enum ${type}`, {
    revision,
    ...at,
    hint: added.revision === revision
      ? `Move the ALTER TYPE into a revision before this one, with ${how} in its header`
      : `Add ${how} to the header of revision ${added.revision}, which adds it`,
  });
}
