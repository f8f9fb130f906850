import { isDeepStrictEqual } from "node:util";
import { readComposite, readDomain } from "../../schema/read_definition.ts";
import type { Column } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { quoteName } from "../../sql/quote.ts";
import { alterColumn } from "../alter_column.ts";
import type { Change, Changes } from "../change.ts";
import { isType, type Part, type PartOf } from "../part.ts";
import { placeToAlter } from "./place.ts";
import type { Step } from "./step.ts";

/** Says whether `change` is to a column that has the type `cause` before, and one of its name after. */
export function isCarried({ before, after }: Change, cause: Part): boolean {
  if (before?.kind !== "column" || after?.kind !== "column") return false;
  const name = nameOf(cause);
  return name !== undefined && before.column.generated === undefined &&
    nameIn(before.column.type) === name && nameIn(after.column.type) === name;
}

/**
 * Returns the steps that preserve the values of columns while their type is dropped and recreated, which may make an
 * enum of a domain: in between, they have its underlying type, then that of the new one.
 */
export function carryingSteps(changes: Changes): readonly Step[] {
  const remade = remadeTypes(changes);
  if (remade.size === 0) return [];
  const plain = {
    before: plainly("before", changes, remade),
    after: plainly("after", changes, remade),
  };
  return [...changes.before.values()].flatMap((change) => {
    const { how, before, after } = change;
    if (how === "remake" || before?.kind !== "column" || after?.kind !== "column") return [];
    const type = remade.get(nameIn(before.column.type) ?? "");
    if (!type || !isCarried(change, type.before)) return [];
    const [old, made] = [plain.before(before), plain.after(after)];
    return [
      conversion(before, [before.column, old, made]),
      conversion(after, [made, after.column]),
    ];
  });
}

type Side = "before" | "after";
type Typed = Pick<Column, "type" | "collation">;
type Remade = Readonly<Record<Side, Part>>;

/** Returns the types that are recreated and whose values can be preserved, by name. */
function remadeTypes(changes: Changes): ReadonlyMap<string, Remade> {
  const found = new Map<string, Remade>();
  for (const { how, before, after } of changes.before.values()) {
    const name = how === "remake" ? nameOf(before) : undefined;
    if (before && after && name !== undefined && isSpelledAlike(before, after)) {
      found.set(name, { before, after });
    }
  }
  return found;
}

/**
 * Says whether the text of a value of `before` means the same in `after`: that of a composite value names
 * no attributes.
 */
function isSpelledAlike(before: Part, after: Part): boolean {
  const [old, made] = [before, after].map(attributesOf);
  return old === undefined || made === undefined || isDeepStrictEqual(old, made);
}

function attributesOf(part: Part): readonly string[] | undefined {
  if (part.kind !== "object" || part.object.kind !== "compositeType") return undefined;
  return [...readComposite(part.object.definition.sql)?.keys() ?? []];
}

/** Returns a function from a column to the type that holds its values, which is not one that is recreated. */
function plainly(
  side: Side,
  changes: Changes,
  remade: ReadonlyMap<string, Remade>,
): (part: PartOf<"column">) => Typed {
  const enums = enumTypes([...changes[side].values()].flatMap((it) => it[side] ?? []));
  const plainType = (type: ColumnType): ColumnType => {
    if (type.kind === "array") return { kind: "array", of: plainType(type.of) };
    const name = nameIn(type) ?? "";
    const part = remade.get(name)?.[side];
    if (part === undefined) return enums.get(name) ?? type;
    const below = part.kind === "object" ? readDomain(part.object.definition.sql)?.type : undefined;
    return below === undefined ? { kind: "text" } : plainType(namedType(below));
  };
  return ({ column: { type, collation } }) => ({
    type: plainType(type),
    ...(collation !== undefined && { collation }),
  });
}

function namedType(sql: string): ColumnType {
  if (sql.endsWith("[]")) return { kind: "array", of: namedType(sql.slice(0, -2)) };
  return sql === "text" ? { kind: "text" } : { kind: "native", sql };
}

/** Returns the enum types among `parts`, by name: a domain states only the name of its underlying type. */
function enumTypes(parts: readonly Part[]): ReadonlyMap<string, ColumnType> {
  return new Map(
    parts.flatMap((it) => {
      if (it.kind !== "enum") return [];
      const { values, ...name } = it.enum;
      return [[nameText(quoteName(name)), { kind: "enum", name, values }]];
    }),
  );
}

/** Returns the step in which the column of `part` takes on `types` one after the other, starting from the first. */
function conversion(part: PartOf<"column">, types: readonly Typed[]): Step {
  const columns = types.map(({ type, collation }): PartOf<"column"> => {
    const { default: _, collation: __, ...column } = part.column;
    return { ...part, column: { ...column, type, ...(collation !== undefined && { collation }) } };
  });
  const [before = part, after = part] = [columns[0], columns.at(-1)];
  return {
    operations: columns.flatMap((it, at) =>
      alterColumn(part.table, (columns[at - 1] ?? it).column, it.column) ?? []
    ),
    place: placeToAlter(part),
    makes: [],
    drops: [],
    alters: [{ before, after }],
  };
}

/** Returns the name in the enum or native type `type`, or in the one that it is an array of. */
function nameIn(type: ColumnType): string | undefined {
  if (type.kind === "array") return nameIn(type.of);
  if (type.kind === "enum") return nameText(quoteName(type.name));
  return type.kind === "native" ? nameText(type.sql) : undefined;
}

/** Returns the name of `part`, if it is a type. */
function nameOf(part: Part): string | undefined {
  if (part.kind === "enum") return nameText(quoteName(part.enum));
  return part.kind === "object" && isType(part.object.kind)
    ? nameText(quoteName(part.object))
    : undefined;
}

/** Returns the parts of the name `sql`, quoted or not, as one comparable text. */
function nameText(sql: string): string {
  const names = sql.matchAll(/"((?:[^"]|"")*)"|[^".\s]+/g);
  return JSON.stringify(
    [...names].map(([bare, quoted]) => quoted?.replaceAll('""', '"') ?? bare.toLowerCase()),
  );
}
