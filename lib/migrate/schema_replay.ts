import { ToolError } from "../error.ts";
import { apply } from "../operations/apply/apply.ts";
import { applyNaming } from "../operations/apply/apply_naming.ts";
import { type Dropped, mayUse } from "../operations/may_go_with.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { RevisionId } from "../revision/revision.ts";
import { upgradeRoute } from "../revision/route.ts";
import { showName } from "../schema/qualified_name.ts";
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
 * If it is asked for one revision after the other, up or down, it runs each at most twice.
 */
export function schemaReplay(
  { directory, operations }: {
    readonly directory: ScriptDirectory;
    readonly operations: OperationsContext;
  },
): SchemaReplay {
  const { map } = directory;
  const stages = keptStages();
  const after = async (before: Replayed, id: RevisionId): Promise<Replayed> => {
    if ("opaque" in before) return before;
    const body = await loadScript(directory.file(id), "upgrade", operations);
    if (body.kind === "absent") return before;
    if (body.kind !== "operations") return { opaque: `revision ${id} is plain SQL` };
    const schema = applyRecorded(body.operations, before, operations);
    return "opaque" in schema ? { opaque: `revision ${id} ${schema.opaque}` } : schema;
  };
  return async (revisions) => {
    const missing: { readonly id: RevisionId; readonly isWhole: boolean }[] = [];
    let stage = beginning;
    let wanted = revisions;
    while (wanted[0] !== undefined) {
      const [id] = wanted;
      if (wanted.length === 1) {
        const known = stages.find(id);
        if (known !== undefined) {
          stage = known;
          break;
        }
        missing.push({ id, isWhole: true });
        wanted = map.parents(id).map((it) => it.id);
      } else {
        const route = upgradeRoute(map, [id], { kind: "settled", revisions: wanted });
        const beside = route.flatMap((it) => it.direction === "stamp" ? [] : it.revision.id);
        missing.push(...beside.toReversed().map((it) => ({ id: it, isWhole: false })));
        wanted = [id];
      }
    }
    for (const { id, isWhole } of missing.toReversed()) {
      stage = { schema: await after(stage.schema, id), depth: stage.depth + 1 };
      if (isWhole) stages.keep(id, stage);
    }
    return stage.schema;
  };
}

/** The schema that a revision creates together with everything that it needs. */
interface Stage {
  readonly schema: Replayed;
  /** How many revisions that is. */
  readonly depth: number;
}

const beginning: Stage = { schema: emptySchema, depth: 0 };

const interval = 64;

/**
 * Returns a store for stages that keeps the latest ones, and of the others one in every `interval`:
 * since each lists all tables, those of 10,000 revisions would take gigabytes.
 */
function keptStages(): {
  find(id: RevisionId): Stage | undefined;
  keep(id: RevisionId, stage: Stage): void;
} {
  const marks = new Map<RevisionId, Stage>();
  const latest = new Map<RevisionId, Stage>();
  return {
    find: (id) => latest.get(id) ?? marks.get(id),
    keep: (id, stage) => {
      (stage.depth % interval === 0 ? marks : latest).set(id, stage);
      const [oldest] = latest.keys();
      if (latest.size > 2 * interval && oldest !== undefined) latest.delete(oldest);
    },
  };
}

/** Returns the schema after `recorded`, as far as they tell. */
export function applyRecorded(
  recorded: readonly Recorded[],
  before: Schema,
  { dialect }: Pick<OperationsContext, "dialect">,
): Replayed {
  let schema = before;
  const flat = recorded.flatMap((it) =>
    it.operation.kind === "autocommit" ? it.operation.operations : [it]
  );
  for (const { operation } of flat) {
    if (operation.kind === "execute") return { opaque: "executes plain SQL" };
    if (operation.kind === "run") {
      return { opaque: `runs code ("${operation.summary}")` };
    }
    try {
      schema = (dialect === "postgres" ? applyNaming : apply)(operation, schema);
      const dropped = droppedWithCascade(operation);
      if (dropped && mayUse(schema, dropped)) {
        return {
          opaque: `drops "${
            showName(dropped)
          }" with CASCADE, and what else went with it only the database knows`,
        };
      }
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { opaque: `does something that cannot be followed: ${error.message}` };
    }
  }
  return schema;
}

/** Returns the object, the table, or the table of the constraint that `operation` drops with CASCADE. */
function droppedWithCascade(operation: Operation): Dropped | undefined {
  if (!("cascade" in operation) || !operation.cascade) return undefined;
  switch (operation.kind) {
    case "dropTable":
      return operation.name;
    case "dropConstraint":
      return operation.table;
    default:
      return operation.object;
  }
}
