import { ToolError } from "../error.ts";
import type { Location } from "../sql/statement.ts";
import { callSite } from "./call_site.ts";
import { makeOperations } from "./make_operations.ts";
import type { Operation, Operations, OperationsContext, Recorded } from "./operation.ts";

/** Where the operations are recorded from, besides what the script itself may ask. */
export interface RecordingContext extends OperationsContext {
  /** The script's file, absolute: operations remember the line in it that asked for them. */
  readonly file?: string;
}

/**
 * Returns what `script` records, in order. Nothing touches a database.
 *
 * @throws {ToolError} `operation/invalid` if the script uses its `op` after it has settled: what an
 * async script does without awaiting it would be lost.
 */
export async function collect(
  script: (op: Operations) => void | Promise<void>,
  context: RecordingContext,
): Promise<readonly Recorded[]> {
  const recorded: RecordedLazily[] = [];
  let open = true;
  const op = makeOperations<void>((operations) => {
    const at = context.file === undefined ? () => undefined : callSite(context.file);
    if (!open) throw closed(operations[0], at());
    recorded.push(...operations.map((operation) => new RecordedLazily(operation, at)));
  }, context);
  try {
    await script(op);
  } finally {
    open = false;
  }
  return recorded;
}

/** The place is read from the stack only when somebody wants it. */
class RecordedLazily implements Recorded {
  readonly operation: Operation;
  readonly #at: () => Location | undefined;

  constructor(operation: Operation, at: () => Location | undefined) {
    this.operation = operation;
    this.#at = at;
  }

  get at(): Location | undefined {
    return this.#at();
  }
}

function closed(operation: Operation | undefined, at: Location | undefined): ToolError {
  return new ToolError(
    "operation/invalid",
    `Cannot record ${operation?.kind ?? "an operation"}: the revision's function has returned`,
    {
      ...at,
      hint:
        "Await what is asynchronous before the function returns; in the body of op.run, use the op that it is given",
    },
  );
}
