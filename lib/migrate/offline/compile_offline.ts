import type { Dialect } from "../../dialect/dialect.ts";
import { placed } from "../../dialect/placed.ts";
import { ToolError } from "../../error.ts";
import type { Recorded } from "../../operations/operation.ts";
import type { Work } from "../../plan/plan.ts";
import type { RevisionMove } from "../../revision/route.ts";
import { compileRecorded, keepingRecorded } from "../compile_recorded.ts";
import type { OperationsContext } from "../../operations/operations.ts";
import { applyRecorded, type Replayed, type SchemaReplay } from "../schema_replay.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";

/**
 * Returns the work for a script's recorded operations as statements, without a database: what the
 * catalogue would tell is derived from the operations of the revisions before it.
 *
 * @throws {ToolError} With the operation's place, if they do not tell.
 */
export async function compileOffline(
  recorded: readonly Recorded[],
  move: RevisionMove,
  { directory: { map }, dialect, operations, schemaAt }: {
    readonly directory: ScriptDirectory;
    readonly dialect: Dialect;
    readonly operations: OperationsContext;
    readonly schemaAt: SchemaReplay;
  },
): Promise<readonly Work[]> {
  const waits = (it: Recorded) => dialect.deferral(it.operation)?.required === true;
  if (!recorded.some(waits)) return compileRecorded(recorded, dialect);
  const { id } = move.revision;
  const below = move.direction === "downgrade" ? [id] : map.parents(id).map((it) => it.id);
  let before = await schemaAt(below);
  const keeping = keepingRecorded(recorded, dialect);
  const work: Work[] = [];
  for (const it of recorded) {
    if (waits(it)) {
      const schema = known(before, it);
      const statements = placed(it, () => dialect.compile(it.operation, schema));
      work.push(
        ...statements.map((statement): Work => ({ kind: "statement", statement, at: it.at })),
      );
    } else work.push(...compileRecorded([it], dialect, keeping));
    if ("opaque" in before) continue;
    const after = applyRecorded([it], before, operations);
    before = "opaque" in after ? { opaque: `revision ${id} ${after.opaque}` } : after;
  }
  return work;
}

function known(
  schema: Replayed,
  { operation, at }: Recorded,
): Exclude<Replayed, { opaque: string }> {
  if (!("opaque" in schema)) return schema;
  throw new ToolError(
    "operation/unsupported",
    `Cannot print ${operation.kind}: what it changes cannot be told from the revisions before it`,
    { ...at, detail: `  ${schema.opaque}`, hint: "Run this revision online" },
  );
}
