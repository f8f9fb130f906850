import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import { isUrl, parseOtherUrl } from "../../database/parse_other_url.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { parseTarget, type Target } from "../../revision/target.ts";
import { namesFile } from "../../script/names_file.ts";
import type { Environment } from "../environment.ts";

/** One side of a comparison, as the user names it. */
export type Side =
  | { readonly kind: "database"; readonly url: DatabaseUrl }
  /** The path is absent for the configured models. */
  | { readonly kind: "models"; readonly path?: string }
  | { readonly kind: "target"; readonly target: Target; readonly text: string }
  /** Actual or hypothetical rows of a version table. */
  | { readonly kind: "rows"; readonly rows: readonly RevisionId[] };

/**
 * Returns the side that `text` names: a database by its URL, or `database` for the project's own;
 * models by their path, or `models` for the project's own; else a revision, as for `upgrade`.
 *
 * @throws {ToolError} `config/url`, `config/no_url`, `database/unreachable` or `usage`
 */
export function parseSide(text: string, { config, context }: Environment): Side {
  if (text === "database") return { kind: "database", url: config.databaseUrl() };
  if (text === "models") return { kind: "models" };
  if (isUrl(text)) {
    return {
      kind: "database",
      url: parseOtherUrl(text, { cwd: context.cwd, env: context.env }),
    };
  }
  const isSymbol = /^(?:heads?|base|current)$/.test(text);
  if (!isSymbol && namesFile(text, context.cwd)) return { kind: "models", path: text };
  return { kind: "target", target: parseTarget(text), text };
}

/** Returns the name of `side` for messages. */
export function showSide(side: Side): string {
  switch (side.kind) {
    case "database":
      return formatDatabaseUrl(side.url);
    case "models":
      return side.path === undefined ? "the models" : `the models in ${side.path}`;
    case "target":
      return side.text === "base" ? "base" : `revision ${side.text}`;
    case "rows":
      return side.rows.length === 0 ? "base" : `revision ${side.rows.join(", ")}`;
  }
}
