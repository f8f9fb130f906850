import type { CompiledStatement, Dialect } from "../dialect/dialect.ts";
import type { Operation } from "../operations/operation.ts";
import { sameObject } from "../schema/objects.ts";
import type { ObjectIdentity, SchemaObject } from "../schema/schema.ts";
import type { Queryable } from "../sql/statement.ts";

/** Returns the statements of `operation`, and with them those that keep what belongs to its object. */
export type Keeping = (
  operation: Operation,
  statements: readonly CompiledStatement[],
) => readonly CompiledStatement[];

/** Returns what keeps the belongings of what `all` drop and make anew, in whichever database they run. */
export function keepingBelongings(all: readonly Operation[], { belongings }: Dialect): Keeping {
  const remade = remadeObjects(all);
  return (operation, statements) => {
    const object = remadeIn(operation, remade);
    const kept = object && belongings(object);
    if (kept === undefined) return statements;
    return operation.kind === "dropObject"
      ? [kept.note, ...statements]
      : [...statements, kept.putBack];
  };
}

/**
 * Returns what writes down the belongings that `connection` has of what `all` drop and make anew; of the
 * columns of an object that is another then, none.
 */
export async function writingBelongings(
  all: readonly Operation[],
  { belongings }: Dialect,
  connection: Queryable,
): Promise<Keeping> {
  const remade = remadeObjects(all);
  // Where grants are compared, they come back by themselves.
  const areCompared = all.some((it) => it.kind === "dropObject" && it.object.kind === "grant");
  const found = new Map<SchemaObject, readonly CompiledStatement[]>();
  for (const object of remade) {
    const kept = belongings(object);
    const rows = kept ? await connection.query(kept.query) : [];
    const said = rows.map((row) => String(row["said"])).filter((it) =>
      !(areCompared && isGrant.test(it)) && (isSame(object, all) || !isOfColumn.test(it))
    );
    found.set(object, said.map((sql) => ({ sql })));
  }
  return (operation, statements) => {
    const object = operation.kind === "createObject" ? remadeIn(operation, remade) : undefined;
    return [...statements, ...object ? found.get(object) ?? [] : []];
  };
}

const isGrant = /^GRANT /;
const isOfColumn = /^(?:COMMENT ON COLUMN|GRANT [A-Z]+ \() ?/;

/** Says whether what is dropped is what is made again. */
function isSame(object: SchemaObject, all: readonly Operation[]): boolean {
  return all.some((it) =>
    it.kind === "dropObject" && sameObject(it.object, object) &&
    it.existing?.definition.sql === object.definition.sql
  );
}

function remadeIn(
  operation: Operation,
  remade: readonly SchemaObject[],
): SchemaObject | undefined {
  if (operation.kind !== "dropObject" && operation.kind !== "createObject") return undefined;
  return remade.find((it) => sameObject(it, operation.object));
}

/** Returns the objects that are dropped and, behind that, made again. */
function remadeObjects(operations: readonly Operation[]): readonly SchemaObject[] {
  const dropped: ObjectIdentity[] = [];
  return operations.flatMap((it) => {
    if (it.kind === "dropObject") dropped.push(it.object);
    const isMade = it.kind === "createObject" && dropped.some((one) => sameObject(one, it.object));
    return isMade ? [it.object] : [];
  });
}
