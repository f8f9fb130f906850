import { hostname } from "node:os";
import process from "node:process";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable, Row } from "../../sql/statement.ts";

/** What the names of scratch databases begin with. */
export const scratchPrefix = "migrate_scratch_";

/** What the comment on a scratch database says: whose it is. */
interface Mark {
  readonly scratch: "migrate";
  /** The server process of the session that made it, which holds on until it is dropped. */
  readonly backend: number;
  /** When that began, in seconds. */
  readonly since: string;
  readonly host: string;
  readonly pid: number;
}

/** Returns the text that marks a database as made by the session `connection`. */
export async function markOf(connection: Queryable): Promise<string> {
  const [row] = await connection.query({
    sql:
      `SELECT pid AS backend, ${since} AS since FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  });
  const mark: Mark = {
    scratch: "migrate",
    backend: Number(row?.["backend"]),
    since: String(row?.["since"]),
    host: hostname(),
    pid: process.pid,
  };
  return JSON.stringify(mark);
}

const since = "extract(epoch FROM backend_start)::text";

/**
 * Drops the scratch databases that a run has left behind: marked as ours, nobody connected, and the
 * session that made them gone. None is forced, and what cannot be dropped stays.
 */
export async function sweep(connection: Queryable): Promise<void> {
  const candidates = await connection.query({
    sql:
      `SELECT d.datname AS name, shobj_description(d.oid, 'pg_database') AS mark FROM pg_database d
      WHERE starts_with(d.datname::text, '${scratchPrefix}') AND pg_has_role(d.datdba, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
  });
  if (candidates.length === 0) return;
  const sessions = await connection.query({
    sql: `SELECT pid AS backend, ${since} AS since FROM pg_stat_activity`,
  });
  for (const { name, mark } of candidates) {
    const made = parseMark(mark);
    if (made === undefined || sessions.some((it) => isMaker(it, made))) continue;
    // Another run may be sweeping, too, or somebody has just connected.
    await connection.query({ sql: `DROP DATABASE ${quoteIdentifier(String(name))}` }).catch(
      () => {},
    );
  }
}

/** When a session began is not shown to everybody; then its number has to do. */
function isMaker(session: Row, made: Pick<Mark, "backend" | "since">): boolean {
  const began = session["since"];
  return session["backend"] === made.backend && (began === null || began === made.since);
}

function parseMark(text: unknown): Pick<Mark, "backend" | "since"> | undefined {
  try {
    const { scratch, backend, since } = JSON.parse(String(text)) ?? {};
    return scratch === "migrate" && typeof backend === "number" && typeof since === "string"
      ? { backend, since }
      : undefined;
  } catch {
    return undefined;
  }
}
