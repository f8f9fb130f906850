import { existsSync, statSync } from "node:fs";
import { ToolError } from "../error.ts";
import { type RevisionMap, revisionMap } from "../revision/revision_map.ts";
import type { RevisionId } from "../revision/revision.ts";
import { listScripts, type VersionLocations } from "./list_scripts.ts";
import { readScript } from "./read_script.ts";
import type { ScriptFile } from "./script_file.ts";

/** Where a project keeps its revisions. */
export interface ScriptLocations extends VersionLocations {
  /** The configuration file that sets them, if there is one. Absolute. */
  readonly path?: string | undefined;
  /** The folder with the templates and, unless configured elsewhere, `versions/`. Absolute. */
  readonly scriptDirectory: string;
}

/** All revision files of a project. None has been run. */
export interface ScriptDirectory {
  readonly locations: ScriptLocations;
  readonly map: RevisionMap;
  /**
   * Returns the file of a revision in `map`.
   *
   * @throws {ToolError} `revision/unknown` for any other.
   */
  file(id: RevisionId): ScriptFile;
}

/**
 * Returns the revisions in `locations`, from the headers of their files.
 *
 * @throws {ToolError} `script/missing`, `script/header`, or `revision/broken` if they do not form a
 *   graph.
 */
export function openScriptDirectory(locations: ScriptLocations): ScriptDirectory {
  const { path, scriptDirectory } = locations;
  if (!existsSync(scriptDirectory)) {
    throw new ToolError(
      "script/missing",
      `Path doesn't exist: ${scriptDirectory}.  Please use the 'init' command to create a new scripts folder`,
      {
        file: scriptDirectory,
        hint: path === undefined ? "migrate init" : `migrate init -c ${path} ${scriptDirectory}`,
      },
    );
  }
  if (!statSync(scriptDirectory).isDirectory()) {
    throw new ToolError("script/missing", `Cannot read ${scriptDirectory}: it is not a folder`, {
      file: scriptDirectory,
      hint: "Set script_location in the configuration to the folder of the revisions",
    });
  }
  const files = listScripts(locations).map(readScript);
  const map = revisionMap(files.map((it) => it.revision));
  const byId = new Map(files.map((it) => [it.revision.id, it]));
  return {
    locations,
    map,
    file: (id) => {
      const file = byId.get(id);
      if (file !== undefined) return file;
      throw new ToolError("revision/unknown", `Can't locate revision identified by '${id}'`, {
        revision: id,
        hint: "List the revisions with: migrate history",
      });
    },
  };
}
