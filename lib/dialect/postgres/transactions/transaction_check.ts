import { addsEnumValue, createsType, enumValueUses, mentions } from "./enum_value_uses.ts";
import type { EnumValueUse, Placed } from "./enum_value_uses.ts";
import { loadGrammar } from "./grammar.ts";
import { mayRefuseTransaction, whyNotInTransaction } from "./not_in_transaction.ts";

/** What PostgreSQL will refuse in a transaction. */
export type TransactionProblem<Place> =
  | { readonly kind: "notInTransaction"; readonly reason: string; readonly used: Placed<Place> }
  | EnumValueUse<Place>;

/**
 * Collects the statements of one transaction, in order, and tells before anything runs which of them
 * PostgreSQL will refuse. It keeps only the few that a cheap check can't clear, and loads the grammar only
 * for those, so a large script costs little.
 */
export class TransactionCheck<Place> {
  readonly #doubtful: Placed<Place>[] = [];
  readonly #newValues: string[] = [];
  #needsGrammar = false;

  add(statement: Placed<Place>): void {
    const { sql } = statement;
    const refused = mayRefuseTransaction(sql);
    const usesValue = this.#newValues.some((it) => mentions(sql, it));
    const addsValue = addsEnumValue(sql);
    if (refused || usesValue) this.#needsGrammar = true;
    if (addsValue) this.#newValues.push(...quotedIn(sql));
    if (refused || usesValue || addsValue || createsType(sql)) this.#doubtful.push(statement);
  }

  /** Returns the problems: first of single statements, then of those that depend on others. */
  async problems(): Promise<readonly TransactionProblem<Place>[]> {
    if (!this.#needsGrammar) return [];
    const grammar = await loadGrammar();
    const refused = this.#doubtful.flatMap((used) => {
      const reason = whyNotInTransaction(used.sql, grammar);
      return reason === undefined ? [] : [{ kind: "notInTransaction" as const, reason, used }];
    });
    return [...refused, ...enumValueUses(this.#doubtful, grammar)];
  }
}

function quotedIn(sql: string): readonly string[] {
  return [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, it = ""]) => it.replaceAll("''", "'"));
}
