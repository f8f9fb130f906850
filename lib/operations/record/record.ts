import { ToolError } from "../../error.ts";
import type { Location } from "../../sql/statement.ts";
import { callSite, findFrame } from "./call_site.ts";
import { checkOperation } from "../check_operation.ts";
import { makeOperations } from "./make_operations.ts";
import type { Operation, Recorded } from "../operation.ts";
import type { Operations, OperationsContext } from "../operations.ts";

/** The context of a recording: what the script can ask for, and its file. */
export interface RecordingContext extends OperationsContext {
  /** The absolute path of the script. Operations record the line in it that asked for them. */
  readonly file?: string;
}

/**
 * Returns the operations that `script` records, in order. Does not touch a database.
 *
 * @throws {ToolError} `operation/invalid`, with the line, if the script asks for something impossible,
 * or uses `op` after it has settled: operations of a promise that was not awaited would be lost.
 */
export async function collect(
  script: (op: Operations) => void | Promise<void>,
  context: RecordingContext,
): Promise<readonly Recorded[]> {
  let recorded: RecordedLazily[] = [];
  const unfinished: unknown[] = [];
  let open = true;
  const emit = (operations: readonly Operation[]) => {
    if (!open) throw closed(operations, context);
    const at = callSite(context.file);
    recorded.push(...operations.map((it) => new RecordedLazily(it, at)));
  };
  const autocommit = (body: () => unknown) => {
    const outside = recorded;
    const operations: RecordedLazily[] = recorded = [];
    const before = unfinished.length;
    try {
      const answers = [body(), ...unfinished.slice(before)];
      if (answers.some((it) => it instanceof Promise)) throw asynchronous();
    } finally {
      recorded = outside;
    }
    const block: Operation = { kind: "autocommit", operations };
    checkOperation(block);
    emit([block]);
  };
  const waitFor = <Answer>(answer: Answer): Answer => {
    unfinished.push(answer);
    return answer;
  };
  const op = makeOperations<void>({ emit, autocommit, waitFor }, context);
  try {
    await script(op);
    // Awaiting one may add more of them.
    for (const it of unfinished) await it;
  } catch (error) {
    throw error instanceof ToolError ? placed(error, context) : error;
  } finally {
    open = false;
  }
  return recorded;
}

/** Reads the location from the stack only when it is needed. */
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

function asynchronous(): ToolError {
  return new ToolError(
    "operation/invalid",
    "Cannot record an autocommit block: its function is asynchronous",
    { hint: "Put what must be awaited into op.run, before the block or after it" },
  );
}

function closed(operations: readonly Operation[], context: RecordingContext): ToolError {
  const asked = operations.map((it) => it.kind).join(" and ");
  const error = new ToolError(
    "operation/invalid",
    `Cannot record ${asked}: the revision's function has returned`,
    {
      hint:
        "Await what is asynchronous before it returns; in the body of op.run, use the op given there",
    },
  );
  return placed(error, context);
}

function placed(error: ToolError, { file }: RecordingContext): ToolError {
  return file === undefined ? error : error.with({ ...findFrame(error.stack ?? "", file) });
}
