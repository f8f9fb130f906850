import type { Config } from "../../config/config.ts";
import { openScratch } from "../../database/scratch/open_scratch.ts";
import type { Live, Scratch } from "../../database/scratch/scratch.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";

/** What a scratch database is needed for. */
export interface ProjectScratchOptions {
  readonly dialect: DialectName;
  /** The database that it should resemble, if there is one. */
  readonly live?: Live | undefined;
  readonly report?: Report | undefined;
}

/**
 * Returns a scratch database as configured by the project.
 *
 * @throws {ToolError} `scratch/unavailable`, with the ways to have one.
 */
export async function openProjectScratch(
  { config, context }: Environment,
  { dialect, live, report }: ProjectScratchOptions,
): Promise<Scratch> {
  const { signal } = context;
  const onNotice = report && ((text: string) => report({ kind: "notice", text }));
  if (dialect === "sqlite") return await openScratch({ dialect, signal, onNotice });
  const { scratch, schemas } = config;
  const scratchUrl = config.scratchUrl();
  const like = live && { ...live, url: directly(live, config) };
  return await openScratch({ dialect, signal, onNotice, scratch, scratchUrl, schemas, like });
}

/**
 * A pooler knows no new databases: those created beside the project's own are reached at the server
 * directly.
 */
function directly({ url, connection }: Live, config: Config): DatabaseUrl {
  if (!connection.pooled) return url;
  const isOwn = JSON.stringify(url) === JSON.stringify(config.databaseUrl());
  return (isOwn ? config.directUrl() : undefined) ?? url;
}
