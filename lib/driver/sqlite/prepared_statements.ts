/**
 * Keeps the newest of a connection's statements that have run. What nobody keeps is closed when the
 * runtime collects it; that waits for what runs on the connection's thread, and signals wait with it.
 *
 * A statement that failed must not be kept: it may hold a lock on the file until it is closed.
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

  /** Has those that are no longer kept closed, before something runs on the thread. */
  async settle(): Promise<void> {
    if (!this.#hasDropped) return;
    this.#hasDropped = false;
    await closeDropped();
  }
}

/** Has the statements closed that nobody holds. */
export async function closeDropped(): Promise<void> {
  // Some are still on the stack at the first time.
  for (let time = 0; time < 2; time++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
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
