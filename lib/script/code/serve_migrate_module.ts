/**
 * Makes `import … from "migrate"` in a revision file resolve to the exports that `load` returns, so
 * that a project needs nothing installed. Under Deno its import map does the same. Only the first
 * call has an effect.
 */
export function serveMigrateModule(load: () => Promise<Record<string, unknown>>): void {
  loadExports ??= load;
  const runtime: unknown = Reflect.get(globalThis, "Bun");
  if (isServed || !isModuleHost(runtime)) return;
  isServed = true;
  runtime.plugin({
    name: "migrate",
    setup: (build) =>
      build.module("migrate", async () => ({ exports: { ...await load() }, loader: "object" })),
  });
}

let isServed = false;
let loadExports: (() => Promise<Record<string, unknown>>) | undefined;

/** Returns the names that `"migrate"` exports. */
export async function migrateExports(): Promise<readonly string[]> {
  return Object.keys(await loadExports?.() ?? {});
}

/** What this file needs of Bun, whose types Deno does not have. */
interface ModuleHost {
  plugin(plugin: { readonly name: string; setup(build: ModuleBuild): void }): void;
}

interface ModuleBuild {
  module(
    specifier: string,
    load: () => Promise<{ readonly exports: Record<string, unknown>; readonly loader: "object" }>,
  ): void;
}

function isModuleHost(value: unknown): value is ModuleHost {
  return typeof value === "object" && value !== null && "plugin" in value;
}
