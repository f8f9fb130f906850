import { parseTimeout, type Timeouts } from "../../sql/timeouts.ts";
import { headerError, type HeaderPlace } from "./header_error.ts";

interface Written {
  readonly text: string;
  readonly offset: number;
}

/**
 * Returns the timeouts that a header sets, or `undefined` if it sets none.
 *
 * @throws {ToolError} `script/header`, with the line, for a timeout that cannot be read.
 */
export function headerTimeouts(
  written: {
    readonly statement: Written | undefined;
    readonly idleInTransaction: Written | undefined;
  },
  place: Pick<HeaderPlace, "path" | "source">,
): Timeouts | undefined {
  const statement = timeout(written.statement, place);
  const idleInTransaction = timeout(written.idleInTransaction, place);
  if (statement === undefined && idleInTransaction === undefined) return undefined;
  return {
    ...(statement !== undefined && { statement }),
    ...(idleInTransaction !== undefined && { idleInTransaction }),
  };
}

function timeout(
  written: Written | undefined,
  place: Pick<HeaderPlace, "path" | "source">,
): number | undefined {
  if (written === undefined) return undefined;
  const found = parseTimeout(written.text);
  if (found !== undefined) return found;
  throw headerError(
    `"${written.text}" is not a time`,
    { ...place, offset: written.offset },
    "Write a time with its unit, such as 500ms, 5s or 2m, or 0 for none",
  );
}
