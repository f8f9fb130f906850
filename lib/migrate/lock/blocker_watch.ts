import { setTimeout as sleep } from "node:timers/promises";
import { blockersOf } from "../../dialect/postgres/blockers.ts";
import type { Connection, Session } from "../../driver/driver.ts";
import type { Blocker } from "../../report/event.ts";
import type { Row } from "../../sql/statement.ts";
import type { LockWatch } from "./limited_session.ts";

/**
 * Looks, from a second session, for whoever blocks a statement that takes long: once the statement
 * has been given up, the server no longer knows. The session is opened when a statement has used a
 * fifth of its time, and queried four times in the rest of it.
 */
export class BlockerWatch implements LockWatch {
  readonly #connection: Pick<Connection, "beside">;
  readonly #backend: number | undefined;
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | undefined;
  #seen: readonly Blocker[] = [];

  constructor(
    connection: Pick<Connection, "beside">,
    backend: number | undefined,
    milliseconds: number,
  ) {
    this.#connection = connection;
    this.#backend = backend;
    this.#milliseconds = milliseconds;
  }

  begin(): void {
    this.#seen = [];
    this.#timer = setTimeout(() => this.#look(), this.#milliseconds / 5);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Returns who was seen to block last. */
  async blockers(): Promise<readonly Blocker[]> {
    // A server that does not answer soon is not worth the wait.
    await Promise.race([this.#looking, sleep(500, undefined, { ref: false })]);
    return this.#seen;
  }

  #look(): void {
    const timer = this.#timer;
    this.#looking = this.#ask().then(() => {
      // The statement has ended, and another may have begun.
      if (this.#timer !== timer) return;
      this.#timer = setTimeout(() => this.#look(), this.#milliseconds / 5);
    });
  }

  /** If no session can be opened to ask, because there are too many, no blocker is known. */
  async #ask(): Promise<void> {
    if (this.#backend === undefined) return;
    const rows = await this.#connection.beside(blockersOf(this.#backend)).catch(() => []);
    if (rows.length > 0) this.#seen = rows.map(blocker);
  }
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
    ...(row["query"] ? { query: inOneLine(String(row["query"])) } : {}),
    ...(typeof row["yields_after"] === "number" && {
      yieldsAfterMilliseconds: row["yields_after"],
    }),
  };
}

const mostCharacters = 120;

/**
 * A comment, a quoted identifier or a string literal, up to its end or to where the server has
 * truncated the query. The first group captures string literals, any of which may be a secret.
 */
const enclosed =
  /--[^\n]*|\/\*[^]*?(?:\*\/|$)|"[^"]*(?:"|$)|(\b[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(\w*)\$[^]*?(?:\$\2\$|$))/g;

/** Omits string literals and comments. */
function inOneLine(query: string): string {
  const line = query.replaceAll(
    enclosed,
    (text, string?: string) => string !== undefined ? "'…'" : text.startsWith('"') ? text : " ",
  ).replaceAll(/\s+/g, " ").trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
