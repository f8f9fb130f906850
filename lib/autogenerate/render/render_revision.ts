import type { Operation } from "../../operations/operation.ts";
import { importedNames } from "./code.ts";
import { inWritingOrder } from "./inline_parts.ts";
import { layOut, type Lines } from "./lay_out.ts";
import { type RenderOptions, statementFor } from "./render.ts";

/** What a generated revision does. */
export interface RevisionOperations {
  readonly upgrade: readonly Operation[];
  /** Absent: it is derived. Empty: going back does nothing. */
  readonly downgrade?: readonly Operation[];
}

/** The code of a revision, for its template. The lines of a body are indented by none, to be indented by two. */
export interface RevisionCode {
  /** The names that it imports from "migrate", in the order in which they are written. */
  readonly imports: readonly string[];
  readonly upgrade: Lines;
  readonly downgrade?: Lines;
}

/**
 * Returns the code of a revision. The constraints and the indexes of a new table, which are in no order
 * that means anything, stand where a person would write them: in their columns, as far as they can.
 *
 * @throws {TypeError} As {@linkcode render}.
 */
export function renderRevision(
  { upgrade, downgrade }: RevisionOperations,
  options: RenderOptions = {},
): RevisionCode {
  const statements = (operations: readonly Operation[]) =>
    operations.map((it) => statementFor(written(it), options));
  const up = statements(upgrade);
  const down = downgrade && statements(downgrade);
  const names = [...up, ...down ?? []].flatMap((it) => importedNames(it.code));
  return {
    imports: [...new Set(names)].sort(byName),
    upgrade: layOut(up, 2),
    ...(down && { downgrade: layOut(down, 2) }),
  };
}

function written(operation: Operation): Operation {
  return operation.kind === "createTable"
    ? { ...operation, table: inWritingOrder(operation.table) }
    : operation;
}

/** As `deno fmt` sorts imports: whatever the case of their letters. */
function byName(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
