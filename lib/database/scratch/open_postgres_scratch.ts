import { ToolError } from "../../error.ts";
import { databaseFacts } from "./database_facts.ts";
import { openOnServer } from "./open_on_server.ts";
import type { Scratch, ScratchOptions } from "./scratch.ts";
import { unavailable } from "./unavailable.ts";

/**
 * Returns a PostgreSQL scratch database: where `scratchUrl` says; else on the live server, or embedded.
 *
 * @throws {ToolError} `scratch/unavailable` if none can be had so.
 */
export async function openPostgresScratch(
  options: Extract<ScratchOptions, { dialect: "postgres" }>,
): Promise<Scratch> {
  const { scratchUrl, like, schemas, signal, onNotice } = options;
  const facts = like && await databaseFacts(like.connection);
  const wanted = { schemas, signal, onNotice, like: facts };
  if (scratchUrl !== undefined) {
    if (scratchUrl.kind === "postgres") return await openOnServer(scratchUrl, wanted);
    throw new ToolError("config/invalid", "Cannot use scratch_url: it is no PostgreSQL database");
  }
  if (like?.url.kind !== "postgres") throw unavailable("there is no live PostgreSQL server");
  return await openOnServer(like.url, wanted);
}
