/**
 * Waits for the next turn of the event loop. Unhandled rejections are reported between two turns,
 * and a run that queries no server can reach its commit within one.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
