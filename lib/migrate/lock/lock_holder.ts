import { lease, leaseTable } from "../../dialect/sqlite/lease.ts";
import { advisoryLock } from "../../dialect/postgres/advisory_lock.ts";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";
import { fileLockHolders } from "../../driver/sqlite/file_lock_holders.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { hasTable } from "../query_own.ts";
import { describeHolder, lockKey } from "./advisory_locks.ts";
import { hasDied } from "./lease_lock.ts";

/**
 * Returns who is at work on the database at `url` now, as far as can be told; `undefined` if nobody
 * is; of the processes of `host`, where this one runs, it is known which are alive. Nothing is locked.
 */
export async function lockHolder(
  connection: Connection,
  url: DatabaseUrl,
  { versionTable, host }: { readonly versionTable: VersionTable; readonly host: string },
): Promise<string | undefined> {
  switch (url.kind) {
    case "postgres": {
      const rows = await connection.query(advisoryLock(lockKey(versionTable)).holders);
      return rows.length === 0 ? undefined : describeHolder(rows);
    }
    case "libsql": {
      if (!await hasTable(connection, "sqlite", leaseTable)) return undefined;
      const [row] = await connection.query(lease(versionTable.name, "", 0).holder);
      const holder = row && String(row["holder"]);
      return holder !== undefined && hasDied(holder, host) ? undefined : holder;
    }
    case "sqlite":
      return fileLockHolders(url.path, "writers").join(" and ") || undefined;
  }
}
