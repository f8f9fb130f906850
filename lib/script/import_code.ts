import { pathToFileURL } from "node:url";

/** Has `prepare` called before the first of the project's own code is loaded: most commands load none. */
export function beforeCode(prepare: () => void): void {
  waiting = prepare;
}

let waiting: (() => void) | undefined;

/** Returns what the project's module at `path` exports, by name. */
export async function importCode(path: string): Promise<Readonly<Record<string, unknown>>> {
  waiting?.();
  waiting = undefined;
  return await import(pathToFileURL(path).href);
}
