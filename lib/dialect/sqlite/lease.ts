import { quoteLiteral } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";

/**
 * A lease in a table, for libSQL servers, which have no lock that outlives a statement.
 *
 * It only makes runners wait politely and names the one that is at work. That a step happens once is
 * the version table's business: a lease that ran out while its holder was paused does no harm.
 */
export interface Lease {
  readonly create: Statement;
  /** Takes the lease where it is free, ran out, or is ours already. */
  readonly take: Statement;
  /** Answers one row `{ holder }` if anybody holds it. */
  readonly holder: Statement;
  readonly release: Statement;
}

/** The table that leases are in. */
export const leaseTable = { name: "migrate_lease" };

/** Returns the statements of the lease `name` for `holder`, which must be unique among runners. */
export function lease(name: string, holder: string, seconds: number): Lease {
  const key = quoteLiteral(name, "sqlite");
  const who = quoteLiteral(holder, "sqlite");
  const table = leaseTable.name;
  return {
    create: {
      sql:
        `CREATE TABLE IF NOT EXISTS ${table} (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires INTEGER NOT NULL)`,
    },
    take: {
      sql:
        `INSERT INTO ${table} (name, holder, expires) VALUES (${key}, ${who}, unixepoch() + ${seconds}) ` +
        `ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires ` +
        `WHERE ${table}.expires < unixepoch() OR ${table}.holder = excluded.holder`,
    },
    holder: {
      sql: `SELECT holder FROM ${table} WHERE name = ${key} AND expires >= unixepoch()`,
    },
    release: { sql: `DELETE FROM ${table} WHERE name = ${key} AND holder = ${who}` },
  };
}
