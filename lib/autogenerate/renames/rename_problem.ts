import { ToolError } from "../../error.ts";
import { find, findEnum } from "../../schema/lookup.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, Schema } from "../../schema/schema.ts";
import { inWords } from "../../sql/camel_case.ts";
import { didYouMean } from "../../sql/closest.ts";
import { placeOf, type Rename } from "./rename.ts";
import { howToWriteRename, type WrittenRename } from "./split_rename.ts";
import { writeName } from "./written_names.ts";

/**
 * Returns why `rename` cannot lead from `a` to `b`, if so.
 *
 * @param others The other renames: they may free its new name or reuse its old one.
 */
export function renameProblem(
  rename: Rename,
  { text }: WrittenRename,
  { a, b, others }: {
    readonly a: Schema;
    readonly b: Schema;
    readonly others: readonly Rename[];
  },
): ToolError | undefined {
  const beside = others.filter((it) => placeOf(it) === placeOf(rename));
  const { what, before, after } = namesBeside(rename, a, b);
  const problem = (found: string, hint: string) =>
    new ToolError("usage", `Cannot use the rename "${text}": ${found}`, { ...(hint && { hint }) });
  if (before.includes(rename.to) && !beside.some((it) => it.from === rename.to)) {
    return problem(
      `there is already a ${what} "${rename.to}"`,
      "Leave this rename out; or, if what has that name is renamed as well, add its rename",
    );
  }
  if (after.includes(rename.to)) return undefined;
  const added = after.filter((it) => !before.includes(it));
  return problem(
    `there is no ${what} "${rename.to}" afterwards`,
    didYouMean(rename.to, added) ||
      (added.length > 0 ? `What is new: ${added.join(", ")}` : `No ${what} is new`),
  );
}

/** The names of the same kind in the same place, before and after. */
interface Names {
  readonly what: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function namesBeside(rename: Rename, a: Schema, b: Schema): Names {
  switch (rename.kind) {
    case "table": {
      const names = ({ tables }: Schema) =>
        tables.filter((it) => it.schema === rename.schema).map((it) => it.name);
      return { what: "table", before: names(a), after: names(b) };
    }
    case "column": {
      const names = (schema: Schema) =>
        find(schema, rename.table)?.columns.map((it) => it.name) ?? [];
      return { what: "column", before: names(a), after: names(b) };
    }
    case "enumValue": {
      const names = (schema: Schema) => findEnum(schema, rename.enum)?.values ?? [];
      return { what: "value", before: names(a), after: names(b) };
    }
  }
}

/** Returns the error for a rename of something that `a` does not have, saying what else has its name there. */
export function nothingToRename({ text, from }: WrittenRename, a: Schema): ToolError {
  const name = writeName(from);
  const other = otherKind(from.at(-1) ?? "", a);
  if (other !== undefined) {
    return new ToolError("usage", `Cannot use the rename "${text}": "${name}" is ${other.what}`, {
      hint: other.hint,
    });
  }
  return new ToolError(
    "usage",
    `Cannot use the rename "${text}": there is no table, column or enum value "${name}"`,
    { hint: didYouMean(name, namesIn(a)) || howToWriteRename },
  );
}

function otherKind(
  name: string,
  { tables, objects }: Schema,
): { readonly what: string; readonly hint: string } | undefined {
  const alike = "Leave this rename out: what differs only in its name is renamed automatically";
  if (tables.some((it) => it.indexes.some((one) => one.name === name))) {
    return { what: "an index", hint: alike };
  }
  if (tables.some((it) => it.constraints.some((one) => one.name === name))) {
    return { what: "a constraint", hint: alike };
  }
  const object = objects.find((it) => it.name === name);
  return object && {
    what: described(object.kind),
    hint: "Leave this rename out: it is dropped, and created under its new name",
  };
}

function described(kind: ObjectKind): string {
  const words = inWords(kind);
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

function namesIn({ tables, enums }: Schema): readonly string[] {
  const inside = (of: QualifiedName, name: string) => `${showName(of)}.${name}`;
  return [
    ...tables.map(showName),
    ...tables.flatMap((it) => it.columns.map(({ name }) => inside(it, name))),
    ...enums.flatMap((it) => it.values.map((value) => inside(it, value))),
  ];
}
