/**
 * Migrate existing data
 *
 * Create Date: 2026-01-08 10:00:00
 */
import { column, type Operations, string } from "migrate";

export const revision = "004";
export const downRevision = "003";

export function upgrade(op: Operations): void {
  op.addColumn("accounts", column("status", string(50)));
  op.run("every account becomes active", async (db) => {
    for (const { id } of await db.query`SELECT id FROM accounts WHERE status IS NULL`) {
      await db.query`UPDATE accounts SET status = ${"active"} WHERE id = ${Number(id)}`;
    }
  });
  op.alterColumn("accounts", "status", { nullable: false });
}

export function downgrade(op: Operations): void {
  op.dropColumn("accounts", "status");
}
