import { basename } from "node:path";
import { ToolError } from "../../error.ts";

/** A place in a file whose text is at hand. */
export interface HeaderPlace {
  readonly path: string;
  readonly source: string;
  /** Where in `source`, counted from 0. */
  readonly offset: number;
}

/** Returns the error for a header that cannot be read at `place`. */
export function headerError(found: string, place: HeaderPlace, hint: string): ToolError {
  return new ToolError(
    "script/header",
    `Cannot read the header of "${basename(place.path)}": ${found}`,
    { file: place.path, line: lineAt(place), hint },
  );
}

/** Returns the error for a file without a revision id, in Alembic's words. */
export function unknownRevision(path: string, hint: string): ToolError {
  return new ToolError(
    "script/header",
    `Could not determine revision id from filename ${basename(path)}. ` +
      "Be sure the 'revision' variable is declared inside the script",
    { file: path, hint },
  );
}

function lineAt({ source, offset }: HeaderPlace): number {
  return source.slice(0, offset).split("\n").length;
}
