import { createSchema } from "../../autogenerate/models/create_schema.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Environment } from "../environment.ts";
import { readSchema } from "./read_schema.ts";

/** A schema as a server of a certain version spells it. */
export interface Spelled {
  /** For messages. */
  readonly name: string;
  /** Normalized. */
  readonly schema: Schema;
  readonly serverVersion: string;
  /** Spelled by a scratch database: other scratch databases will spell alike. */
  readonly isScratch?: true;
}

/** What recreating a schema needs. */
export interface SpellingOptions {
  readonly environment: Environment;
  readonly dialect: Dialect;
  readonly openScratch: () => Promise<Scratch>;
  readonly report: Report;
}

/**
 * Returns both schemas in the spelling of one server: servers of different versions print the same
 * view or condition differently. Reports it if the versions differ.
 */
export async function inSameSpelling(
  [a, b]: readonly [Spelled, Spelled],
  options: SpellingOptions,
): Promise<readonly [Schema, Schema]> {
  if (options.dialect.name !== "postgres" || major(a) === major(b)) return [a.schema, b.schema];
  options.report({
    kind: "notice",
    text: `${a.name} is on PostgreSQL ${a.serverVersion}, ${b.name} on ${b.serverVersion}: ` +
      "both are compared in the spelling of one of them",
  });
  const known = [a, b].find((it) => it.isScratch)?.serverVersion;
  return [await respell(a, options, known), await respell(b, options, known)];
}

/**
 * Returns the schema as a scratch database spells it: recreated there if the server that spelled it
 * has another version.
 *
 * @param known The version of scratch databases, if known.
 */
export async function respell(
  side: Spelled,
  { environment, dialect, openScratch, report }: SpellingOptions,
  known?: string,
): Promise<Schema> {
  const isAs = (serverVersion: string) => major(side) === major({ serverVersion });
  if (dialect.name !== "postgres" || known !== undefined && isAs(known)) return side.schema;
  await using scratch = await openScratch();
  if (isAs(scratch.serverVersion)) return side.schema;
  try {
    await createSchema(side.schema, scratch, dialect);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    report({
      kind: "warned",
      message: `Cannot make ${side.name} on PostgreSQL ${scratch.serverVersion}: ${error.message}`,
      hint: "It is compared as it is spelled: some differences may not be real",
    });
    return side.schema;
  }
  return await readSchema(scratch.connection, dialect, environment.config);
}

/** The major version: since PostgreSQL 10, the first number alone. */
function major({ serverVersion }: Pick<Spelled, "serverVersion">): string {
  return serverVersion.split(".")[0] ?? serverVersion;
}
