import type { DialectName } from "../../dialect/dialect.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { type ModelSource, modelSources } from "../../script/code/model_source.ts";
import type { Environment } from "../environment.ts";

/**
 * Returns the sources at `models`, which are paths, URLs, or `database` for the project's own; if
 * empty, those configured.
 *
 * @param otherwise What to do if none are configured, other than that.
 */
export function findSources(
  { config, context }: Environment,
  models: readonly string[] = [],
  otherwise = "give --models",
): readonly ModelSource[] {
  const { env, cwd } = context;
  const isGiven = models.length > 0;
  const written = isGiven ? models.map((text) => ({ text, cwd })) : config.models();
  if (written.some(({ text }) => text.trim() === "")) {
    throw new ToolError(
      "models/invalid",
      "Cannot find the models: the name of one of them is empty",
      {
        hint: "A variable in it may not be set; name a file, a folder or a database's URL",
      },
    );
  }
  if (written.length > 0) {
    return written.flatMap((it) =>
      it.text === "database"
        ? { kind: "database", url: config.databaseUrl() }
        : modelSources(it.text, { cwd: it.cwd, env, isGiven })
    );
  }
  throw new ToolError(
    "models/missing",
    "Cannot tell how the database should look: no models are configured",
    {
      hint:
        `Set models = "schema.sql" (or a .ts file, a folder, a database's URL) in migrate.toml, or ${otherwise}`,
    },
  );
}

/**
 * Returns the database that serves as the models, if one does.
 *
 * @throws {ToolError} `models/invalid` if there are other models beside it, or it is of another
 *   kind than `dialect`.
 */
export function databaseAmong(
  sources: readonly ModelSource[],
  dialect: DialectName,
): DatabaseUrl | undefined {
  const [url] = sources.flatMap((it) => it.kind === "database" ? [it.url] : []);
  if (url === undefined) return undefined;
  if (sources.length > 1) {
    throw new ToolError("models/invalid", "Cannot use a database as models beside other models", {
      hint: "Name the database alone, or write its schema to a file: migrate dump --sql",
    });
  }
  if ((url.kind === "postgres") === (dialect === "postgres")) return url;
  throw new ToolError(
    "models/invalid",
    "Cannot use the database as models: it is not of the same kind as the one to compare it with",
    { hint: "PostgreSQL and SQLite spell a schema differently; use models that both can load" },
  );
}
