/**
 * Foreign keys to nothing. SQLite accepts them, so that tables can be created in any order, and fails
 * only when rows are written where foreign keys are enforced. So it is checked when a revision has ended.
 *
 * https://www.sqlite.org/foreignkeys.html#fk_indexes
 *
 * @module
 */
import { type ErrorCode, ToolError } from "../../../error.ts";
import type { Recorded } from "../../../operations/operation.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import type { Queryable } from "../../../sql/statement.ts";
import { sameIdentifier } from "../same_identifier.ts";
import { readReferences, type Reference, works } from "./read_references.ts";
import { type Subject, subjectOf } from "./referring.ts";
import { refusedReference } from "./refused_reference.ts";

/** A foreign key that does not work, and the operation that made or broke it. */
export interface BrokenReference {
  readonly cause: Recorded;
  readonly reference: Reference;
}

/**
 * Fails if there are {@linkcode brokenReferences} besides those that were `known` before.
 *
 * @throws {ToolError} With `code`, and the place of the operation.
 */
export async function refuseBroken(
  recorded: readonly Recorded[],
  connection: Queryable,
  { known = [], code = "operation/invalid" }: {
    readonly known?: readonly BrokenReference[];
    readonly code?: ErrorCode;
  } = {},
): Promise<void> {
  const broken = await brokenReferences(recorded, connection);
  const made = broken.find(({ reference }) => !known.some((it) => isSame(it.reference, reference)));
  if (made === undefined) return;
  const { cause: { operation, at }, reference } = made;
  const { message, hint } = refusedReference(operation, reference, await tablesOf(connection));
  throw new ToolError(code, message, { hint, ...at });
}

/**
 * Returns the foreign keys that `recorded`, run before, have made or broken and that do not work, in one
 * query at the most.
 */
export async function brokenReferences(
  recorded: readonly Recorded[],
  connection: Queryable,
): Promise<readonly BrokenReference[]> {
  const subjects = recorded.flatMap((cause, at) => {
    const subject = subjectOf(cause.operation);
    return subject ? [{ cause, ...subject, table: renamed(subject, recorded.slice(at + 1)) }] : [];
  });
  const broken: BrokenReference[] = [];
  for (const [schema, all] of Map.groupBy(subjects, (it) => it.table.schema ?? "main")) {
    const at = (end: Subject["end"]) => all.flatMap((it) => it.end === end ? it.table.name : []);
    const references = await readReferences(
      { children: [...new Set(at("child"))], parents: [...new Set(at("parent"))] },
      schema,
      connection,
    );
    for (const reference of references.filter((it) => !works(it))) {
      const subject = all.find((it) => concerns(it, reference));
      if (subject) broken.push({ cause: subject.cause, reference });
    }
  }
  return broken;
}

/** A dropped table stays what it was: the name may be another's by now. */
function renamed({ table, end }: Subject, later: readonly Recorded[]): QualifiedName {
  if (end === "parent") return table;
  return later.reduce(
    (it, { operation }) =>
      operation.kind === "renameTable" && sameIdentifier(operation.name.name, it.name)
        ? { ...it, name: operation.to }
        : it,
    table,
  );
}

function concerns({ table, end, from }: Subject, reference: Reference): boolean {
  return sameIdentifier(table.name, reference[end]) &&
    (from === undefined || sameNames(from, reference.from));
}

function isSame(a: Reference, b: Reference): boolean {
  return sameIdentifier(a.child, b.child) && sameIdentifier(a.parent, b.parent) &&
    sameNames(a.from, b.from) && sameNames(a.to, b.to);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it, at) => sameIdentifier(it, b[at]));
}

async function tablesOf(connection: Queryable): Promise<readonly string[]> {
  const rows = await connection.query({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
  });
  return rows.map((it) => String(it["name"]));
}
