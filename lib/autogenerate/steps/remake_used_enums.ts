import { alterEnum, remakeEnum } from "../alter_enum.ts";
import type { Change, Changes } from "../change.ts";
import { type Key, keyOf, type Part } from "../part.ts";

/**
 * Returns `changes` such that every enum type is recreated that gets a value which other changes use at
 * once: in PostgreSQL, a value that was added to a type cannot be used before the transaction has ended.
 */
export function remakeUsedEnums(changes: Changes): Changes {
  const used = [...changes.before.values()].flatMap((change): readonly [Key, Change][] => {
    if (change.how !== "alter" || change.before.kind !== "enum" || change.after.kind !== "enum") {
      return [];
    }
    const [before, after] = [change.before.enum, change.after.enum];
    const added = alterEnum(before, after).flatMap((it) =>
      it.kind === "addEnumValue" ? [it.value] : []
    );
    if (!added.some((it) => isUsed(it, changes))) return [];
    return [[keyOf(change.before), { ...change, operations: [remakeEnum(before, after)] }]];
  });
  return {
    before: new Map([...changes.before, ...used]),
    after: new Map([...changes.after, ...used]),
  };
}

function isUsed(value: string, { after }: Changes): boolean {
  const literal = JSON.stringify(`'${value.replaceAll("'", "''")}'`).slice(1, -1);
  return [...after.values()].some((it) =>
    it.how !== "keep" && it.after !== undefined &&
    (JSON.stringify(contentOf(it.after)) ?? "").includes(literal)
  );
}

function contentOf(part: Part): unknown {
  switch (part.kind) {
    case "table":
      return part.table;
    case "column":
    case "default":
      return part.column;
    case "constraint":
      return part.constraint;
    case "index":
      return part.index;
    case "enum":
      return undefined;
    case "object":
      return part.object;
  }
}
