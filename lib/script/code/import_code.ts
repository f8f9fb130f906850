/**
 * Adds a function to be called once, before any of the project's own code is loaded. Most commands
 * load none.
 */
export function beforeCode(prepare: () => void): void {
  waiting.push(prepare);
}

const waiting: (() => void)[] = [];

/** Returns what the project's module at `path` exports, by name. */
export async function importCode(path: string): Promise<Readonly<Record<string, unknown>>> {
  for (const prepare of waiting.splice(0)) prepare();
  // Every command loads this file, and few need it.
  const { pathToFileURL } = process.getBuiltinModule("node:url");
  return await import(pathToFileURL(path).href);
}
