/**
 * Add user profile table
 *
 * Create Date: 2026-01-09 09:15:00
 */
import { column, integer, type Operations, text } from "migrate";

export const revision = "7d20f4b8c6e5";
export const downRevision = "0c4f1d2a9b31";

export function upgrade(op: Operations): void {
  op.createTable(
    "user_profiles",
    column("id", integer(), { primaryKey: true }),
    column("user_id", integer(), { nullable: false, references: "users.id" }),
    column("bio", text()),
  );
}

export function downgrade(op: Operations): void {
  op.dropTable("user_profiles");
}
