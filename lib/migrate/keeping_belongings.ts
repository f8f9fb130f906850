import type { Belongings, CompiledStatement, Dialect } from "../dialect/dialect.ts";
import type { Operation } from "../operations/operation.ts";
import { readGrant, roleName, sameObject } from "../schema/objects.ts";
import { nameOf, sameName } from "../schema/qualified_name.ts";
import { isRoutine } from "../schema/routine.ts";
import type { Queryable } from "../sql/statement.ts";

/**
 * Returns the statements of `operation`, together with those that preserve the belongings of what
 * it drops or creates.
 */
export type Keeping = (
  operation: Operation,
  statements: readonly CompiledStatement[],
) => readonly CompiledStatement[];

/**
 * Returns a function that preserves the belongings of objects that `all` drop and recreate, in
 * whichever database they run.
 */
export function keepingBelongings(all: readonly Operation[], { belongings }: Dialect): Keeping {
  const remade = remadeObjects(all, belongings);
  return (operation, statements) => {
    const kept = remade.get(operation);
    if (kept === undefined) return statements;
    return drops(operation) ? [kept.note, ...statements] : [...statements, kept.putBack];
  };
}

/**
 * Preserves the belongings of everything that is dropped, when it is not known which operations
 * will follow.
 */
export class KeepingOnTheWay {
  readonly #dialect: Dialect;
  readonly #dropped = new Map<string, Belongings>();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  readonly keeping: Keeping = (operation, statements) => {
    const kept = belongingsIn(operation, this.#dialect.belongings);
    if (kept === undefined) return statements;
    if (drops(operation)) {
      this.#dropped.set(kept.of, kept);
      return [kept.note, ...statements];
    }
    return this.#dropped.delete(kept.of) ? [...statements, kept.putBack] : statements;
  };

  /** Returns the statements that discard the belongings of objects that were not recreated. */
  ended(): readonly CompiledStatement[] {
    return [...this.#dropped.values()].map((it) => it.forget);
  }
}

/**
 * Returns a function that writes out, as statements, the belongings that the objects which `all`
 * drop and recreate have in `connection`; those of columns only if the object is recreated
 * unchanged, or the table with all its columns.
 */
export async function writingBelongings(
  all: readonly Operation[],
  { belongings }: Dialect,
  connection: Queryable,
): Promise<Keeping> {
  const read = async ({ query }: Belongings, isLeft: (said: string) => boolean) => {
    const said = (await connection.query(query)).map((row) => String(row["said"]));
    return said.filter((it) => isLeft(it) && !isCompared(it, all)).map((sql) => ({ sql }));
  };
  const found = new Map<Operation, readonly CompiledStatement[]>();
  for (const [operation, kept] of remadeObjects(all, belongings)) {
    if (drops(operation) || operation.kind === "replaceObject") continue;
    const isWhole = keepsInside(operation, all);
    found.set(operation, await read(kept, (it) => isWhole || !isInside.test(it)));
  }
  // An object recreated by a single operation preserves them by itself.
  const instead = new Map<string, readonly CompiledStatement[]>();
  for (const it of all) {
    const isRemade = it.kind === "changeEnum" ||
      // PostgreSQL replaces a routine in place.
      (it.kind === "replaceObject" && !isRoutine(it.object.kind));
    const kept = isRemade ? belongingsIn(it, belongings) : undefined;
    if (kept === undefined) continue;
    instead.set(kept.note.sql, []);
    instead.set(kept.putBack.sql, await read(kept, (said) => !isInside.test(said)));
  }
  return (operation, statements) => [
    ...statements.flatMap((it) => instead.get(it.sql) ?? [it]),
    ...found.get(operation) ?? [],
  ];
}

/** Where grants are compared, operations of their own restore them. */
function isCompared(said: string, all: readonly Operation[]): boolean {
  return /^GRANT /.test(said) && all.some((it) => {
    if (it.kind !== "dropObject" || it.object.kind !== "grant") return false;
    const given = ` ON ${readGrant(it.object).on} TO ${roleName(it.object.name)}`;
    return said.replace(/ WITH GRANT OPTION$/, "").endsWith(given);
  });
}

/** Belongings of a column, an attribute or a constraint of an object. */
const isInside = /^(?:COMMENT ON (?:COLUMN|CONSTRAINT)|GRANT [A-Z]+ \() ?/;

/** Returns whether what `made` creates again has everything inside that could have belongings. */
function keepsInside(made: Operation, all: readonly Operation[]): boolean {
  switch (made.kind) {
    case "createObject":
      return all.some((it) =>
        it.kind === "dropObject" && sameObject(it.object, made.object) &&
        it.existing?.definition.sql === made.object.definition.sql
      );
    case "createTable": {
      const columns = new Set(made.table.columns.map((it) => it.name));
      return all.some((it) =>
        it.kind === "dropTable" && sameName(it.name, made.table) &&
        it.existing?.columns.every((one) => columns.has(one.name))
      );
    }
    default:
      return true;
  }
}

/**
 * Returns the operations that drop an object which a later one recreates, and those later ones,
 * with its belongings.
 */
function remadeObjects(
  operations: readonly Operation[],
  belongings: Dialect["belongings"],
): ReadonlyMap<Operation, Belongings> {
  const dropped = new Map<string, Operation[]>();
  const found = new Map<Operation, Belongings>();
  for (const it of operations) {
    const kept = belongingsIn(it, belongings);
    if (kept === undefined || it.kind === "changeEnum") continue;
    const before = dropped.get(kept.of) ?? [];
    if (drops(it)) dropped.set(kept.of, [...before, it]);
    else if (dropped.delete(kept.of)) [...before, it].forEach((one) => found.set(one, kept));
  }
  return found;
}

function drops({ kind }: Operation): boolean {
  return ["dropObject", "dropTable", "dropIndex", "dropConstraint"].includes(kind);
}

function belongingsIn(
  operation: Operation,
  belongings: Dialect["belongings"],
): Belongings | undefined {
  switch (operation.kind) {
    case "dropObject":
    case "createObject":
    case "replaceObject":
      return belongings(operation.object);
    case "dropTable":
      return belongings({ kind: "table", ...operation.name });
    case "createTable":
      return belongings({ kind: "table", ...nameOf(operation.table) });
    case "dropIndex":
      return belongings({ kind: "index", name: operation.index, on: operation.table });
    case "createIndex":
      return belongings({ kind: "index", name: operation.index.name, on: operation.table });
    case "dropConstraint":
      return belongings({ kind: "constraint", name: operation.name, on: operation.table });
    case "addConstraint": {
      const { table: on, constraint: { name } } = operation;
      return name === undefined ? undefined : belongings({ kind: "constraint", name, on });
    }
    case "changeEnum":
      // PostgreSQL treats all types alike here.
      return belongings({ kind: "compositeType", ...operation.name });
    default:
      return undefined;
  }
}
