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

/** The schema that revisions make, or why it cannot be told from their operations. */
export type Replayed = Schema | { readonly opaque: string };

/**
 * Returns the schema of a database at `revisions`, derived from scratch from the operations of all
 * revisions that they need.
 */
export type SchemaReplay = (revisions: readonly RevisionId[]) => Promise<Replayed>;

/**
 * Returns a function that replays revisions without a database. The project's own SQL and code are
 * opaque: only the database knows what they do.
 *
 * It caches the schema after each prefix of a route: asking for one revision after the other reads
 * each only once.
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

/** The schema at a point of a route, and the known continuations. */
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

/** PostgreSQL has named every constraint, after the names of its table and columns at the time. */
function named(schema: Schema): Schema {
  const tables = schema.tables.map((it) => ({ ...it, constraints: nameConstraints(it) }));
  return { ...schema, tables };
}
