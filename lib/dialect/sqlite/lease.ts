import { quoteLiteral } from "../../sql/quote.ts";
import type { Sql, Statement } from "../../sql/statement.ts";

/**
 * A lease in a table, for libSQL servers, which have no lock that outlives a statement.
 *
 * It only makes runners wait politely and names the one at work. The version table ensures that each step
 * is done only once: a lease that expired while its holder was paused does no harm.
 */
export interface Lease {
  readonly create: Statement;
  /** Takes the lease if it is free, has expired, or is ours already. */
  readonly take: Statement;
  /** Returns one row `{ holder }` if anyone holds it. */
  readonly holder: Statement;
  /** How many milliseconds ago it was taken, by the server's clock. */
  readonly age: Sql;
  readonly release: Statement;
}

/** The table of the leases. */
export const leaseTable = { name: "migrate_lease" };

/** Returns the statements of the lease `name` for `holder`, which must be unique among runners. */
export function lease(name: string, holder: string, seconds: number): Lease {
  const key = quoteLiteral(name, "sqlite");
  const who = quoteLiteral(holder, "sqlite");
  const table = leaseTable.name;
  const now = "(julianday() - 2440587.5) * 86400";
  return {
    create: {
      sql:
        `CREATE TABLE IF NOT EXISTS ${table} (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires INTEGER NOT NULL)`,
    },
    take: {
      sql:
        `INSERT INTO ${table} (name, holder, expires) VALUES (${key}, ${who}, ${now} + ${seconds}) ` +
        `ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires ` +
        `WHERE ${table}.expires < ${now} OR ${table}.holder = excluded.holder`,
    },
    holder: {
      sql: `SELECT holder FROM ${table} WHERE name = ${key} AND expires >= ${now}`,
    },
    age: {
      sql:
        `coalesce((SELECT max(0, CAST(round((${now} + ${seconds} - expires) * 1000) AS INTEGER)) ` +
        `FROM ${table} WHERE name = ${key}), 0)`,
    },
    release: { sql: `DELETE FROM ${table} WHERE name = ${key} AND holder = ${who}` },
  };
}
