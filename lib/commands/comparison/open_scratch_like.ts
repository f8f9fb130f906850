import type { Live, Scratch } from "../../database/scratch/scratch.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";
import { openProjectScratch } from "./open_project_scratch.ts";
import { withDatabase } from "../database/with_database.ts";

/** Returns a scratch database like `live`; without one, like the project's database. */
export function openScratchLike(
  live: Live | undefined,
  environment: Environment,
  { dialect, report }: { readonly dialect: DialectName; readonly report: Report },
): Promise<Scratch> {
  return live
    ? openProjectScratch(environment, { dialect, live })
    : openLoneScratch(environment, dialect, report);
}

/**
 * Returns a scratch database for work that needs no live one. The project's database is only
 * queried for what the scratch should resemble and where its server is; no server is queried if a
 * scratch can be had without.
 *
 * @throws {ToolError} `scratch/unavailable`, with the ways to have one.
 */
async function openLoneScratch(
  environment: Environment,
  dialect: DialectName,
  report: Report,
): Promise<Scratch> {
  const { config } = environment;
  const needsServer = dialect === "postgres" && config.scratch !== "embedded" &&
    config.scratchUrl() === undefined;
  if (!needsServer) return await openProjectScratch(environment, { dialect });
  try {
    return await withDatabase(
      environment,
      { changes: false, report },
      ({ database: { connection } }) => {
        const live = { url: config.databaseUrl(), connection };
        return openProjectScratch(environment, { dialect, live });
      },
    );
  } catch (error) {
    const isAway = error instanceof ToolError && error.code === "database/unreachable";
    if (!isAway || config.scratch !== undefined) throw error;
    report({
      kind: "warned",
      message: `${error.message}; the embedded PostgreSQL is used instead`,
    });
    return await openProjectScratch(environment, { dialect });
  }
}
