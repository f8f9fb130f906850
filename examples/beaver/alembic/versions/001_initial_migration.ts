/**
 * Initial migration
 *
 * Create Date: 2026-01-05 10:00:00
 */
import { column, integer, now, type Operations, string, timestamp } from "migrate";

export const revision = "001";
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable(
    "accounts",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false }),
    column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
  );
  op.createIndex("ix_accounts_email", "accounts", ["email"], { unique: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_accounts_email", { table: "accounts" });
  op.dropTable("accounts");
}
