/**
 * Index user profiles
 *
 * Built without blocking writers, so outside a transaction.
 *
 * Create Date: 2026-01-10 11:00:00
 */
import type { Operations } from "migrate";

export const revision = "91ab3e57d0c2";
export const downRevision = "7d20f4b8c6e5";
export const transaction = false;

export function upgrade(op: Operations): void {
  op.createIndex("ix_user_profiles_user_id", "user_profiles", ["user_id"], { concurrently: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex("ix_user_profiles_user_id", { table: "user_profiles", concurrently: true });
}
