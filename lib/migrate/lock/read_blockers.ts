import { blockersOf } from "../../dialect/postgres/blockers.ts";
import type { Connection, Session } from "../../driver/driver.ts";
import type { Blocker } from "../../report/event.ts";
import type { Row } from "../../sql/statement.ts";
import { shownQuery } from "./shown_query.ts";

/** Returns who blocks the server process `backend`, asked from a second session. If none can be opened, nobody is known. */
export async function readBlockers(
  connection: Connection,
  backend: number | undefined,
): Promise<readonly Blocker[]> {
  if (backend === undefined) return [];
  const rows = await connection.beside(blockersOf(backend)).catch(() => []);
  return rows.map(blocker);
}

/** Returns the pid of the server process that runs the transaction, even behind a pooler. */
export async function backendOf(
  connection: Connection,
  transaction: Session,
): Promise<number | undefined> {
  if (!connection.pooled) return connection.backend;
  const [row] = await transaction.query({ sql: "SELECT pg_backend_pid() AS pid" });
  return Number(row?.["pid"]);
}

function blocker(row: Row): Blocker {
  const text = (name: string) => row[name] ? { [name]: String(row[name]) } : {};
  return {
    pid: Number(row["pid"]),
    ...text("user"),
    ...text("application"),
    ...text("state"),
    ...(typeof row["seconds"] === "number" && { seconds: row["seconds"] }),
    ...(row["query"] ? { query: shownQuery(String(row["query"])) } : {}),
    ...(typeof row["yields_after"] === "number" && {
      yieldsAfterMilliseconds: row["yields_after"],
    }),
  };
}
