import { ToolError } from "../../error.ts";
import type { Statement } from "../../sql/statement.ts";
import { transactionWord } from "../../sql/transaction_control.ts";

/**
 * Refuses to begin or end a transaction in code, which runs in the transaction that records it.
 *
 * @throws {ToolError} `operation/invalid`
 */
export function refuseControl({ sql }: Statement): void {
  const word = transactionWord(sql);
  if (word === undefined) return;
  throw new ToolError(
    "operation/invalid",
    `Cannot run ${word} in op.run: it runs in the transaction that records the revision`,
    { hint: "Remove it; what has to commit by itself needs a revision of its own" },
  );
}
