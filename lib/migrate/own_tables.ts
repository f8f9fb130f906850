import { leaseTable } from "../dialect/sqlite/lease.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { QualifiedName } from "../schema/schema.ts";
import { historyTable } from "./history/history.ts";

/**
 * Returns the tables that this tool creates for itself: they are not part of any project's schema.
 */
export function ownTables(versionTable: VersionTable): readonly QualifiedName[] {
  return [versionTable, historyTable(versionTable), leaseTable];
}
