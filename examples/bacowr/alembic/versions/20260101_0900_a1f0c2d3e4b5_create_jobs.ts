/**
 * Create jobs
 *
 * Create Date: 2026-01-01 09:00:00
 */
import { column, integer, type Operations, string, text } from "migrate";

export const revision = "a1f0c2d3e4b5";
export const downRevision = null;

export function upgrade(op: Operations): void {
  op.createTable(
    "jobs",
    column("id", string(36), { primaryKey: true }),
    column("status", text(), { nullable: false }),
    column("priority", text()),
  );
  op.createTable(
    "results",
    column("id", integer(), { primaryKey: true }),
    column("job_id", string(36), {
      nullable: false,
      references: { table: "jobs", column: "id", onDelete: "cascade" },
    }),
    column("body", text()),
  );
}

export function downgrade(op: Operations): void {
  op.dropTable("results");
  op.dropTable("jobs");
}
