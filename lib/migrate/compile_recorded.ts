import type { Dialect } from "../dialect/dialect.ts";
import { placed } from "../dialect/placed.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import type { Work } from "../plan/plan.ts";
import { type Keeping, keepingBelongings } from "./keeping_belongings.ts";

/**
 * Returns the work for a script's recorded operations.
 *
 * @param keeping Preserves the belongings of objects that are dropped and recreated, here or in the
 *   operations that these are a part of.
 * @throws {ToolError} With the line that asked for what the dialect can't do.
 */
export function compileRecorded(
  recorded: readonly Recorded[],
  dialect: Dialect,
  keeping: Keeping = keepingRecorded(recorded, dialect),
): readonly Work[] {
  return groupRecorded(recorded, dialect).flatMap(({ members, required }): readonly Work[] =>
    required
      ? [{ kind: "deferred", recorded: members }]
      : members.flatMap((it) => compileOne(it, dialect, keeping))
  );
}

/**
 * Returns a {@linkcode Keeping} for the objects that `recorded` drops and recreates, inside and
 * outside of autocommit blocks.
 */
export function keepingRecorded(recorded: readonly Recorded[], dialect: Dialect): Keeping {
  const all = recorded.flatMap(({ operation }) =>
    operation.kind === "autocommit" ? operation.operations.map((it) => it.operation) : [operation]
  );
  return keepingBelongings(all, dialect);
}

/** Operations that are compiled together if one of them has to wait until its turn comes. */
export interface Group {
  readonly members: readonly Recorded[];
  readonly subject: string | undefined;
  readonly required: boolean;
}

/** Returns the recorded operations in groups, in order. */
export function groupRecorded(recorded: readonly Recorded[], dialect: Dialect): readonly Group[] {
  const found: Group[] = [];
  for (const one of recorded) {
    const { subject, required = false } = placed(one, () => dialect.deferral(one.operation)) ?? {};
    const last = found.at(-1);
    if (last && subject !== undefined && last.subject === subject && !meetsRenamed(one, last)) {
      const members = [...last.members, one];
      found.splice(-1, 1, { members, subject, required: last.required || required });
    } else found.push({ members: [one], subject, required });
  }
  return found;
}

/**
 * A group renames its columns at its end: until then nothing can take the old name, or use the new
 * one. An index is renamed by creating it again from its text, which has the old names until then.
 */
function meetsRenamed({ operation }: Recorded, { members }: Group): boolean {
  const names = new Set(namesOf(operation).map((it) => it.toLowerCase()));
  return members.some(({ operation: it }) =>
    it.kind === "renameColumn" &&
    (operation.kind === "renameIndex" || names.has(it.column.toLowerCase()) ||
      operation.kind === "dropColumn" && names.has(it.to.toLowerCase()))
  );
}

/** Returns the names of the columns that `operation` is about, before and after it. */
function namesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "addColumn":
      return [operation.column.name];
    case "renameColumn":
      return [operation.column, operation.to];
    case "alterColumn":
    case "dropColumn":
      return [operation.column];
    default:
      return [];
  }
}

function compileOne(
  one: Recorded,
  dialect: Dialect,
  keeping: Keeping,
): readonly Work[] {
  const { operation, at } = one;
  if (operation.kind === "run") return [{ kind: "body", operation, at }];
  if (operation.kind === "autocommit") {
    return compileRecorded(operation.operations, dialect, keeping).map((it) =>
      it.kind === "statement" ? { ...it, statement: { ...it.statement, transactional: false } } : it
    );
  }
  const statements = placed(one, () => keeping(operation, dialect.compile(operation)));
  return statements.map((statement) => ({ kind: "statement", statement, at }));
}
