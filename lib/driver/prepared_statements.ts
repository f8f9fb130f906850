import type Database from "libsql";

/**
 * Prepares the statements of one connection, and keeps the newest. What nobody keeps is closed when the
 * runtime collects it; that waits for what runs on the connection's thread, and signals wait with it.
 */
export class PreparedStatements {
  readonly #database: Database.Database;
  readonly #kept: unknown[] = [];
  #hasDropped = false;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  prepare(sql: string): Database.Statement<Record<string, unknown>> {
    return this.keep(this.#database.prepare<Record<string, unknown>>(sql));
  }

  keep<Prepared>(statement: Prepared): Prepared {
    if (this.#kept.length === most) {
      this.#kept.splice(0, most / 2);
      this.#hasDropped = true;
    }
    this.#kept.push(statement);
    return statement;
  }

  /** Has those that are no longer kept closed, before something runs on the thread. */
  async settle(): Promise<void> {
    if (!this.#hasDropped) return;
    this.#hasDropped = false;
    // Some are still on the stack at the first time.
    for (let time = 0; time < 2; time++) {
      collectGarbage();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const most = 1000;

/** Only Bun can be told. */
function collectGarbage(): void {
  const runtime: unknown = Reflect.get(globalThis, "Bun");
  if (isCollector(runtime)) runtime.gc(true);
}

function isCollector(value: unknown): value is { gc(waits: boolean): void } {
  return typeof value === "object" && value !== null && "gc" in value;
}
