import { ToolError } from "../../error.ts";
import { fromFirstWord } from "../../sql/first_keyword.ts";
import type { Statement } from "../../sql/statement.ts";
import { transactionControl } from "../../sql/transaction_control.ts";

/**
 * Refuses what would begin or end a transaction in code, which runs in the transaction that records it.
 *
 * @throws {ToolError} `operation/invalid`
 */
export function refuseControl({ sql }: Statement): void {
  const first = fromFirstWord(sql);
  const control = transactionControl(first);
  if (control !== "begin" && control !== "end") return;
  const word = /^\w+/.exec(first)?.[0].toUpperCase() ?? "";
  throw new ToolError(
    "operation/invalid",
    `Cannot run ${word} in op.run: it runs in the transaction that records the revision`,
    { hint: "Take it out; what has to commit by itself needs a revision of its own" },
  );
}
