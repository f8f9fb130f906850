import { ToolError } from "../error.ts";
import { apply } from "../operations/apply/apply.ts";
import type { Recorded } from "../operations/operation.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { RevisionId } from "../revision/revision.ts";
import { upgradeRoute } from "../revision/route.ts";
import { nameConstraints } from "../schema/name_constraints.ts";
import { emptySchema, type Schema } from "../schema/schema.ts";
import { loadScript } from "../script/load_script.ts";
import type { ScriptDirectory } from "../script/script_directory.ts";

/** The schema that revisions make, or why their operations do not tell. */
export type Replayed = Schema | { readonly opaque: string };

/** What reading the scripts of the revisions needs. */
export interface ReplayInput {
  readonly directory: ScriptDirectory;
  readonly operations: OperationsContext;
}

/**
 * Returns the schema of a database at `revisions`, made from nothing by their operations and those of
 * all that they need. SQL and code of one's own are opaque: what they do is known to the database alone.
 */
export async function replaySchema(
  revisions: readonly RevisionId[],
  { directory, operations }: ReplayInput,
): Promise<Replayed> {
  let schema: Replayed = emptySchema;
  for (const move of upgradeRoute(directory.map, [], { kind: "settled", revisions })) {
    if (move.direction === "stamp") continue;
    const { id } = move.revision;
    const body = await loadScript(directory.file(id), "upgrade", operations);
    if (body.kind === "absent") continue;
    if (body.kind !== "operations") return { opaque: `revision ${id} is SQL of its own` };
    schema = applyRecorded(body.operations, schema, operations);
    if ("opaque" in schema) return { opaque: `revision ${id} ${schema.opaque}` };
  }
  return schema;
}

/** Returns the schema after `recorded`, as far as they tell. */
export function applyRecorded(
  recorded: readonly Recorded[],
  before: Schema,
  { dialect }: Pick<OperationsContext, "dialect">,
): Replayed {
  let schema = before;
  for (const { operation } of recorded) {
    if (operation.kind === "execute") return { opaque: "executes SQL of its own" };
    if (operation.kind === "run") {
      return { opaque: `runs code of its own ("${operation.summary}")` };
    }
    try {
      const isRenaming = operation.kind === "renameTable" || operation.kind === "renameColumn";
      schema = apply(operation, isRenaming && dialect === "postgres" ? named(schema) : schema);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { opaque: `does what cannot be followed: ${error.message}` };
    }
  }
  return schema;
}

/** PostgreSQL has named every constraint, after what its table and columns were called then. */
function named(schema: Schema): Schema {
  const tables = schema.tables.map((it) => ({ ...it, constraints: nameConstraints(it) }));
  return { ...schema, tables };
}
