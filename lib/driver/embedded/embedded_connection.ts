import type { PGlite } from "@electric-sql/pglite";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import type { Row, Statement } from "../../sql/statement.ts";
import { type EmbeddedExtensions, extensionsMade } from "./embedded_extensions.ts";
import { rolesNamed } from "./embedded_roles.ts";
import { clientCopyRefused } from "../postgres/client_copy_refused.ts";
import { PostgresConnection, type PostgresSession } from "../postgres/postgres_connection.ts";
import { isServerAnswer, postgresError } from "../postgres/postgres_error.ts";

/**
 * The session with a server inside this process. A statement blocks this process, so `cancel` never
 * finds one running.
 */
export class EmbeddedConnection extends PostgresConnection {
  readonly #server: PGlite;
  readonly #extensions: EmbeddedExtensions;

  constructor(session: PostgresSession, server: PGlite, extensions: EmbeddedExtensions) {
    super(session);
    this.#server = server;
    this.#extensions = extensions;
  }

  override async query(statement: Statement): Promise<readonly Row[]> {
    await this.#prepare(statement);
    return await super.query(statement);
  }

  override async send(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<readonly number[]> {
    for (const statement of statements) await this.#prepare(statement);
    return await super.send(statements, onAnswer);
  }

  override async sendScript(
    statements: readonly Statement[],
    onAnswer?: (index: number) => void,
  ): Promise<void> {
    for (const statement of statements) await this.#prepare(statement);
    await super.sendScript(statements, onAnswer);
  }

  /** Rows cannot be sent while a statement runs, so the server reads them as a file. */
  override async copyIn(statement: Statement, data: AsyncIterable<string>): Promise<void> {
    const chunks: string[] = [];
    for await (const chunk of data) chunks.push(chunk);
    const sql = statement.sql.replace(fromClient, "FROM '/dev/blob'");
    try {
      await this.#server.query(sql, [], { blob: new Blob(chunks) });
    } catch (error) {
      throw isServerAnswer(error) ? postgresError(error, statement, undefined) : error;
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await this.#server.close();
  }

  /**
   * Creates extensions and roles that `sql` expects to exist: the server is empty, and has no other
   * users.
   */
  async #prepare({ sql }: Statement): Promise<void> {
    // The server would wait for rows forever, and nothing else could run.
    if (/^\s*copy\b/i.test(sql) && /\b(?:from\s+stdin|to\s+stdout)\b/i.test(sql)) {
      throw clientCopyRefused();
    }
    for (const name of extensionsMade(sql)) this.#extensions.provide(name);
    for (const name of rolesNamed(sql)) await this.#makeRole(name);
  }

  async #makeRole(name: string): Promise<void> {
    const [role, label] = [quoteIdentifier(name), quoteLiteral(name, "postgres")];
    const sql = `DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${label}) THEN
      CREATE ROLE ${role}; END IF; END $do$`;
    // In a failed transaction, nothing can be created, and nothing needs the role.
    await super.query({ sql }).catch(() => {});
  }
}

const fromClient = /\bfrom\s+stdin\b/i;
