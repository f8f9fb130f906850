import { foreignKeysPragma } from "../../dialect/sqlite/foreign_keys_pragma.ts";
import type { DatabaseUrl, Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { StepContent } from "../../plan/plan.ts";
import type { Statement } from "../../sql/statement.ts";
import { isKnownAhead } from "../is_known_ahead.ts";

/** Returns what enforces foreign keys while a step runs; `undefined` if they are not enforced. */
export type Enforcement = (content: StepContent) => "configuration" | "server" | undefined;

/**
 * Returns how a run on SQLite enforces foreign keys. A libSQL server can switch them off for a
 * batch only.
 */
export function enforcementOf(
  { foreignKeys }: { readonly foreignKeys: boolean },
  kind: DatabaseUrl["kind"],
): Enforcement {
  return (content) => {
    if (foreignKeys) return "configuration";
    const isBatch = content.transactional && isKnownAhead(content);
    return kind === "libsql" && !isBatch ? "server" : undefined;
  };
}

/** The hint where `PRAGMA foreign_keys` has no effect, by what enforces them. */
export const insteadOfSwitch = {
  configuration:
    "Leave it out, and change the table with op.alterColumn and the like, which switch them off; or set foreign_keys = false in the configuration",
  server:
    "Put it into a revision of its own that runs in a transaction, without code: on a libSQL server they are off only for such a revision",
} as const;

/**
 * Stops code that would continue as if it had switched foreign keys off: inside a transaction
 * SQLite ignores the pragma.
 *
 * @throws {ToolError} `operation/invalid`
 */
export async function refuseSwitch({ sql }: Statement, session: Session): Promise<void> {
  if (foreignKeysPragma(sql) !== "off") return;
  const [row] = await session.query({ sql: "PRAGMA foreign_keys" });
  if (Number(row?.["foreign_keys"]) === 0) return;
  throw new ToolError(
    "operation/invalid",
    "Cannot switch foreign keys off in op.run: inside a transaction PRAGMA foreign_keys does nothing",
    {
      hint:
        "Leave it out, and change the table outside op.run, in the revision's own function: foreign keys are off there",
    },
  );
}
