import { ToolError } from "../../error.ts";
import type { Location } from "../../sql/statement.ts";
import { callSite, findFrame } from "./call_site.ts";
import { checkOperation } from "../check_operation.ts";
import { makeOperations } from "./make_operations.ts";
import type { Operation, Recorded } from "../operation.ts";
import type { Operations, OperationsContext } from "../operations.ts";

/** Where the operations are recorded from, besides what the script itself may ask. */
export interface RecordingContext extends OperationsContext {
  /** The script's file, absolute: operations remember the line in it that asked for them. */
  readonly file?: string;
}

/**
 * Returns what `script` records, in order. Nothing touches a database.
 *
 * @throws {ToolError} `operation/invalid`, with the line, if the script asks for what cannot be, or
 * uses its `op` after it has settled: what it does without awaiting it would be lost.
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
    // What is waited for may ask for more.
    for (const it of unfinished) await it;
  } catch (error) {
    throw error instanceof ToolError ? placed(error, context) : error;
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
