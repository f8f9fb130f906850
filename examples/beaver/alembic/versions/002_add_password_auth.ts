/**
 * Add password auth
 *
 * Create Date: 2026-01-06 10:00:00
 */
import { column, type Operations, string } from "migrate";

export const revision = "002";
export const downRevision = "001";
export const branchLabels = ["auth"];

export function upgrade(op: Operations): void {
  op.addColumn("accounts", column("password_hash", string(255)));
}

export function downgrade(op: Operations): void {
  op.dropColumn("accounts", "password_hash");
}
