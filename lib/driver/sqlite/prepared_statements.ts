/**
 * Keeps references to the most recent statements of a connection that have run. Without one, a
 * statement is closed when it is garbage-collected; that waits for the connection's thread, and blocks
 * signals meanwhile.
 *
 * A failed statement must not be kept: it may hold a lock on the file until it is closed.
 */
export class PreparedStatements {
  readonly #kept: unknown[] = [];
  #hasDropped = false;

  keep(statement: unknown): void {
    if (this.#kept.length === most) {
      this.#kept.splice(0, most / 2);
      this.#hasDropped = true;
    }
    this.#kept.push(statement);
  }

  /** Closes the statements that are no longer kept, before something runs on the thread. */
  async settle(): Promise<void> {
    if (!this.#hasDropped) return;
    this.#hasDropped = false;
    await closeDropped();
  }
}

/** Closes the statements that nothing references. */
export async function closeDropped(): Promise<void> {
  // The first time, some are still on the stack.
  for (let time = 0; time < 2; time++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const most = 1000;

/** Only Bun has a function for it. */
function collectGarbage(): void {
  const runtime: unknown = Reflect.get(globalThis, "Bun");
  if (isCollector(runtime)) runtime.gc(true);
}

function isCollector(value: unknown): value is { gc(waits: boolean): void } {
  return typeof value === "object" && value !== null && "gc" in value;
}
