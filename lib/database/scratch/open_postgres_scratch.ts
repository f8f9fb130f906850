import { ToolError } from "../../error.ts";
import { databaseFacts } from "./database_facts.ts";
import { openAtUrl, openOnServer, type ServerScratchOptions } from "./open_on_server.ts";
import type { Scratch, ScratchOptions } from "./scratch.ts";
import { unavailable } from "./unavailable.ts";

/**
 * Returns a PostgreSQL scratch database: at `scratchUrl` if given, else on the live server or embedded.
 *
 * @throws {ToolError} `scratch/unavailable` if none of these is possible.
 */
export async function openPostgresScratch(
  options: Extract<ScratchOptions, { dialect: "postgres" }>,
): Promise<Scratch> {
  const { scratch, scratchUrl, like, ...rest } = options;
  const facts = like && await databaseFacts(like.connection);
  const wanted = { ...rest, like: facts };
  if (scratchUrl !== undefined) {
    if (scratchUrl.kind === "postgres") return await openAtUrl(scratchUrl, wanted);
    throw new ToolError(
      "config/invalid",
      "Cannot use scratch_url: it is not a PostgreSQL database",
    );
  }
  if (scratch === "embedded" || (scratch === undefined && like === undefined)) {
    return await openEmbedded(wanted);
  }
  if (like?.url.kind !== "postgres") throw unavailable("there is no live PostgreSQL server");
  try {
    return await openOnServer(like.url, wanted);
  } catch (error) {
    const mayNot = error instanceof ToolError && error.code === "scratch/unavailable";
    if (scratch === "server" || !mayNot) throw error;
    return await openEmbedded(wanted);
  }
}

/** Loading it takes a moment, and most runs do not need it. */
async function openEmbedded(options: ServerScratchOptions): Promise<Scratch> {
  return await (await import("./open_embedded.ts")).openEmbedded(options);
}
