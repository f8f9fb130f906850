import { ToolError } from "../../error.ts";
import { find, findEnum } from "../../schema/lookup.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema, Table } from "../../schema/schema.ts";
import type { Rename } from "./rename.ts";
import { refuseMove } from "./refuse_move.ts";
import { nothingToRename, renameProblem } from "./rename_problem.ts";
import { type RenameKind, splitRename, type WrittenRename } from "./split_rename.ts";

/**
 * Returns the renames that `old:new` on the command line means, for all of `texts`: `users:people` is a
 * table, `users.mail:email` a column, of its table's old name or its new one, and `mood.sad:unhappy` a
 * value of an enum type. A name in another schema is qualified. If a text may mean several things, the kind
 * comes first: `column:users.mail:email`.
 *
 * @param defaultSchema The schema of unqualified names, if there are others.
 * @throws {ToolError} `usage` if one of them cannot be read, or cannot lead from `a` to `b`.
 */
export function parseRenames(
  texts: readonly string[],
  a: Schema,
  b: Schema,
  defaultSchema?: string,
): readonly Rename[] {
  const written = texts.map(splitRename);
  const tables = written.flatMap((it) => tableRenames(it, a));
  const renamed = withTables(a, tables);
  const possible = written.map((it) => [
    ...tableRenames(it, a),
    ...columnRenames(it, a, tables),
    ...enumValueRenames(it, a),
  ]);
  return written.map((it, at) => {
    const found = possible[at] ?? [];
    if (found.length === 0) throw nothingToRename(it, a);
    refuseMove(it, { a, b, defaultSchema });
    const others = possible.toSpliced(at, 1).flat();
    return chosen(
      it,
      found,
      (rename) =>
        renameProblem(rename, it, { a: rename.kind === "table" ? a : renamed, b, others }),
    );
  });
}

type TableRename = Rename & { readonly kind: "table" };

/** Returns `a` with the renamed tables under their new names, by which their columns are known. */
function withTables(a: Schema, renames: readonly TableRename[]): Schema {
  const tables = a.tables.map((table): Table => {
    const rename = renames.find((it) => it.from === table.name && it.schema === table.schema);
    return rename ? { ...table, name: rename.to } : table;
  });
  return { ...a, tables };
}

function chosen(
  written: WrittenRename,
  found: readonly Rename[],
  problem: (rename: Rename) => ToolError | undefined,
): Rename {
  const possible = found.length < 2 ? found : found.filter((it) => problem(it) === undefined);
  const [only, ...more] = possible.length > 0 ? possible : found;
  if (only === undefined || more.length > 0) throw ambiguous(written, found);
  const wrong = problem(only);
  if (wrong) throw wrong;
  return only;
}

function ambiguous({ text }: WrittenRename, found: readonly Rename[]): ToolError {
  const words = found.map((it) => `${kindWords[it.kind]}:${text}`);
  return new ToolError(
    "usage",
    `Cannot tell what the rename "${text}" means: it may be ${
      found.map((it) => phrases[it.kind]).join(" or ")
    }`,
    { hint: `Write ${words.join(" or ")}` },
  );
}

const kindWords = {
  table: "table",
  column: "column",
  enumValue: "value",
} as const satisfies Record<Rename["kind"], RenameKind>;

const phrases = {
  table: "a table",
  column: "a column",
  enumValue: "an enum value",
} as const satisfies Record<Rename["kind"], string>;

function tableRenames({ kind = "table", from, to }: WrittenRename, a: Schema): TableRename[] {
  const name = qualified(from);
  if (kind !== "table" || !name || !find(a, name)) return [];
  const { schema } = name;
  return [{ kind, ...(schema !== undefined && { schema }), from: name.name, to }];
}

function columnRenames(
  { kind = "column", from, to }: WrittenRename,
  a: Schema,
  tables: readonly TableRename[],
): readonly Rename[] {
  const written = qualified(from.slice(0, -1));
  const column = from.at(-1);
  if (kind !== "column" || !written || column === undefined) return [];
  const there = tables.filter((it) => it.schema === written.schema);
  const moved = there.find((it) => it.from === written.name) ??
    there.find((it) => it.to === written.name);
  const old = find(a, moved ? { ...written, name: moved.from } : written);
  if (!old?.columns.some((it) => it.name === column)) return [];
  const table = moved ? { ...nameOf(old), name: moved.to } : nameOf(old);
  return [{ kind, table, from: column, to }];
}

function enumValueRenames(
  { kind = "value", from, to }: WrittenRename,
  a: Schema,
): readonly Rename[] {
  const name = qualified(from.slice(0, -1));
  const value = from.at(-1);
  if (kind !== "value" || !name || value === undefined) return [];
  const type = findEnum(a, name);
  return type?.values.includes(value)
    ? [{ kind: "enumValue", enum: nameOf(type), from: value, to }]
    : [];
}

function qualified(parts: readonly string[]): QualifiedName | undefined {
  const [first, second, ...more] = parts;
  if (first === undefined || more.length > 0) return undefined;
  return second === undefined ? { name: first } : { schema: first, name: second };
}
