import { hostname } from "node:os";
import process from "node:process";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable, Row } from "../../sql/statement.ts";

/** The prefix of the names of scratch databases. */
export const scratchPrefix = "migrate_scratch_";

/** The comment on a scratch database: who created it. */
interface Mark {
  readonly scratch: "migrate";
  /** The server process of the session that created it, which stays open until it is dropped. */
  readonly backend: number;
  /** When that process began, in seconds. */
  readonly since: string;
  readonly host: string;
  readonly pid: number;
}

/** Returns the comment that marks a database as created by the session `connection`. */
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
 * Drops scratch databases that earlier runs left behind: those marked as ours without connections,
 * whose creating session is gone. Does not use force; those that cannot be dropped stay.
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
    // Another run may be sweeping as well, or somebody may have just connected.
    await connection.query({ sql: `DROP DATABASE ${quoteIdentifier(String(name))}` }).catch(
      () => {},
    );
  }
}

/** Not everybody can see when a session began; if it is hidden, the pid has to do. */
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
