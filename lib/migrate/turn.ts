/**
 * Waits for the next turn of the event loop. What fails and is awaited by nobody is told between two
 * turns, and a run that asks no server can come to its commit within one.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
