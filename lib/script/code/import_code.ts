/**
 * Sets a function to be called once, before any of the project's own code is loaded. Most commands
 * load none.
 */
export function beforeCode(prepare: () => void): void {
  waiting = prepare;
}

let waiting: (() => void) | undefined;

/** Returns what the project's module at `path` exports, by name. */
export async function importCode(path: string): Promise<Readonly<Record<string, unknown>>> {
  waiting?.();
  waiting = undefined;
  // Every command loads this file, and few need it.
  const { pathToFileURL } = process.getBuiltinModule("node:url");
  return await import(pathToFileURL(path).href);
}
