import type { Scratch, ScratchOptions } from "./scratch.ts";

/**
 * Returns a new scratch database. Each kind is loaded only when needed.
 *
 * @throws {ToolError} `scratch/unavailable` if there is no place for one, with the ways to provide it.
 */
export async function openScratch(options: ScratchOptions): Promise<Scratch> {
  if (options.dialect === "sqlite") {
    return await (await import("./open_memory.ts")).openMemory(options.signal);
  }
  return await (await import("./open_postgres_scratch.ts")).openPostgresScratch(options);
}
