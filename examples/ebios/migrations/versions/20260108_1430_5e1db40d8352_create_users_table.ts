/**
 * Create users table
 *
 * Create Date: 2026-01-08 14:30:00
 */
import { column, integer, now, type Operations, string, timestamp } from "migrate";

export const revision = "5e1db40d8352";
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable(
    "users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(255), { nullable: false, unique: true }),
    column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
  );
}

export function downgrade(op: Operations): void {
  op.dropTable("users");
}
