import type { Irreversible, Operation } from "../../operations/operation.ts";
import { type CodeStatement, importedNames } from "./code.ts";
import { inWritingOrder } from "./inline_parts.ts";
import { layOut, type Lines } from "./lay_out.ts";
import { text } from "./literal.ts";
import { type RenderOptions, statementFor } from "./render.ts";

/** What a generated revision does. */
export interface RevisionOperations {
  readonly upgrade: readonly Operation[];
  /** Absent: it is derived. Empty: it does nothing. Irreversible: it says so, and stops. */
  readonly downgrade?: readonly Operation[] | Irreversible;
}

/**
 * The code of a revision, for its template. The lines of its functions are not indented; the
 * template indents them by two.
 */
export interface RevisionCode {
  /** The names that it imports from "migrate", each once. */
  readonly imports: readonly string[];
  readonly upgrade: Lines;
  readonly downgrade?: Lines;
}

/**
 * Returns the code of a revision. The constraints and indexes of a new table, whose order means nothing,
 * are where a person would write them: in their columns, as far as possible.
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
  const down = downgrade && ("reason" in downgrade ? refusal(downgrade) : statements(downgrade));
  const names = [...up, ...down ?? []].flatMap((it) => importedNames(it.code));
  return {
    imports: [...new Set(names)],
    upgrade: layOut(up, 2),
    ...(down && { downgrade: layOut(down, 2) }),
  };
}

/** Throws before anything is recorded, rather than go half the way back. */
function refusal({ reason }: Irreversible): readonly CodeStatement[] {
  return [{ notes: [], code: `throw new Error(${text(`Cannot downgrade: ${reason}`)})` }];
}

function written(operation: Operation): Operation {
  return operation.kind === "createTable"
    ? { ...operation, table: inWritingOrder(operation.table) }
    : operation;
}
