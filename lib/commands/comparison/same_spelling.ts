import { createSchema } from "../../autogenerate/models/create_schema.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Environment } from "../environment.ts";
import { readSchema } from "./read_schema.ts";

/** A schema, as the server of a version spells it. */
export interface Spelled {
  /** For people. */
  readonly name: string;
  /** Normalized. */
  readonly schema: Schema;
  readonly serverVersion: string;
  /** A scratch database has spelled it: others will spell as it does. */
  readonly isScratch?: true;
}

/** What making a schema anew needs. */
export interface SpellingOptions {
  readonly environment: Environment;
  readonly dialect: Dialect;
  readonly openScratch: () => Promise<Scratch>;
  readonly report: Report;
}

/**
 * Returns both schemas in the spelling of one server: servers of different versions write the same view or
 * condition in different words. Where the versions differ, it says so.
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
 * Returns the schema as a scratch database spells it: made there anew, if the server that spelled it is of
 * another version.
 *
 * @param known The version of scratch databases, if that is known.
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

/** Since PostgreSQL 10 the first number alone. */
function major({ serverVersion }: Pick<Spelled, "serverVersion">): string {
  return serverVersion.split(".")[0] ?? serverVersion;
}
