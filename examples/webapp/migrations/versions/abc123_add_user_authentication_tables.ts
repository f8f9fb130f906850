/**
 * Add user authentication tables
 *
 * Create Date: 2024-01-01 12:00:00
 */
import { column, foreignKey, integer, now, type Operations, string, timestamp } from "migrate";

export const revision = "abc123";
export const downRevision = "def456";

export function upgrade(op: Operations): void {
  op.createTable(
    "users",
    column("id", integer(), { primaryKey: true }),
    column("email", string(320), { nullable: false, unique: true }),
    column("password_hash", string(), { nullable: false }),
  );
  op.createTable(
    "sessions",
    column("token", string(64), { primaryKey: true }),
    column("user_id", integer(), { nullable: false }),
    column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
    foreignKey(["user_id"], "users.id", { onDelete: "cascade" }),
  );
  op.createIndex("ix_sessions_user_id", "sessions", ["user_id"]);
}

export function downgrade(op: Operations): void {
  op.dropTable("sessions");
  op.dropTable("users");
}
