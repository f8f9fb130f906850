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

/** Returns what a database at `revisions` has, made from nothing by their operations and those of all that they need. */
export type SchemaReplay = (revisions: readonly RevisionId[]) => Promise<Replayed>;

/**
 * Returns a function that replays revisions without a database. SQL and code of one's own are opaque: what they do
 * is known to the database alone.
 *
 * It keeps what each beginning of a route makes: whoever asks for one revision after the other has each read once.
 */
export function schemaReplay(
  { directory, operations }: {
    readonly directory: ScriptDirectory;
    readonly operations: OperationsContext;
  },
): SchemaReplay {
  const beginning: Stage = { schema: emptySchema, next: new Map() };
  const after = async (before: Schema, id: RevisionId): Promise<Replayed> => {
    const body = await loadScript(directory.file(id), "upgrade", operations);
    if (body.kind === "absent") return before;
    if (body.kind !== "operations") return { opaque: `revision ${id} is plain SQL` };
    const schema = applyRecorded(body.operations, before, operations);
    return "opaque" in schema ? { opaque: `revision ${id} ${schema.opaque}` } : schema;
  };
  return async (revisions) => {
    let stage = beginning;
    for (const move of upgradeRoute(directory.map, [], { kind: "settled", revisions })) {
      if (move.direction === "stamp") continue;
      if ("opaque" in stage.schema) break;
      const { id } = move.revision;
      const next: Stage = stage.next.get(id) ??
        { schema: await after(stage.schema, id), next: new Map() };
      stage.next.set(id, next);
      stage = next;
    }
    return stage.schema;
  };
}

/** Where a route has come to, and where it may go on. */
interface Stage {
  readonly schema: Replayed;
  readonly next: Map<RevisionId, Stage>;
}

/** Returns the schema after `recorded`, as far as they tell. */
export function applyRecorded(
  recorded: readonly Recorded[],
  before: Schema,
  { dialect }: Pick<OperationsContext, "dialect">,
): Replayed {
  let schema = before;
  for (const { operation } of recorded) {
    if (operation.kind === "execute") return { opaque: "executes plain SQL" };
    if (operation.kind === "run") {
      return { opaque: `runs code ("${operation.summary}")` };
    }
    try {
      const isRenaming = operation.kind === "renameTable" || operation.kind === "renameColumn";
      schema = apply(operation, isRenaming && dialect === "postgres" ? named(schema) : schema);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { opaque: `does something that cannot be followed: ${error.message}` };
    }
  }
  return schema;
}

/** PostgreSQL has named every constraint, after what its table and columns were called then. */
function named(schema: Schema): Schema {
  const tables = schema.tables.map((it) => ({ ...it, constraints: nameConstraints(it) }));
  return { ...schema, tables };
}
