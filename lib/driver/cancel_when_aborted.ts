import type { Connection } from "./driver.ts";

/**
 * Cancels whatever `connection` is running, or waits for, when `signal` is aborted: when the user interrupts,
 * nobody waits for it any longer.
 */
export function cancelWhenAborted(
  connection: Connection,
  signal: AbortSignal | undefined,
): Disposable {
  const cancel = () => void connection.cancel().catch(() => {});
  signal?.addEventListener("abort", cancel);
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", cancel) };
}
