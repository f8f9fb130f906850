import { sep } from "node:path";
import { ToolError } from "../../error.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { ScriptDirectory } from "../script_directory.ts";

/**
 * Returns the version location for a new revision: the one asked for, else the only one, else that
 * of its first down revision.
 *
 * @param asked Absolute.
 * @throws {ToolError} `revision/draft` if `asked` is not a version location, or if the choice is
 *   not clear.
 */
export function versionPath(
  directory: ScriptDirectory,
  downRevisions: readonly RevisionId[],
  asked?: string,
): string {
  const { versionLocations } = directory.locations;
  if (asked !== undefined) {
    const found = versionLocations.find((it) => it === asked);
    if (found !== undefined) return found;
    throw new ToolError(
      "revision/draft",
      `Path ${asked} is not represented in current version locations`,
      {
        hint: `Add it to version_locations, or use one of ${versionLocations.join(", ")}`,
      },
    );
  }
  const [first, ...others] = versionLocations;
  if (first !== undefined && others.length === 0) return first;
  const [parent] = downRevisions;
  const path = parent === undefined ? "" : directory.file(parent).path;
  const found = versionLocations
    .filter((it) => path.startsWith(it + sep))
    .sort((a, b) => b.length - a.length)[0];
  if (found !== undefined) return found;
  throw new ToolError(
    "revision/draft",
    "Multiple version locations present, please specify --version-path",
    { hint: `Give --version-path with one of ${versionLocations.join(", ")}` },
  );
}
