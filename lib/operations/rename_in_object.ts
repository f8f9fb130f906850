import { sameName } from "../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, SchemaObject } from "../schema/schema.ts";
import { quoteIdentifier, quoteName, readIdentifier } from "../sql/quote.ts";
import { selectList } from "../sql/select_list.ts";
import { renameWord, wordsIn } from "../sql/words.ts";

/** Says whether a database makes `object` follow what it names, as it keeps it parsed. */
export function follows({ kind }: SchemaObject): boolean {
  return followers.has(kind);
}

/** Returns `object` after the table `name` was renamed, as far as a database makes it follow. */
export function renameTableInObject(
  object: SchemaObject,
  name: QualifiedName,
  to: string,
): SchemaObject {
  if (object.kind === "grant") {
    const target = onTable({ ...name, name: to });
    return withRights(object, name, (rights) => rights + target);
  }
  if (!followers.has(object.kind)) return object;
  return {
    ...object,
    ...(object.on && sameName(object.on, name) && { on: { ...object.on, name: to } }),
    definition: { sql: renameWord(object.definition.sql, name.name, to) },
  };
}

/** Returns `object` after a column of `table` was renamed; the columns of a view keep their names. */
export function renameColumnInObject(
  object: SchemaObject,
  table: QualifiedName,
  from: string,
  to: string,
): SchemaObject {
  if (object.kind === "grant") {
    const renamed = (columns: string) => renameWord(columns, from, to);
    return withRights(
      object,
      table,
      (rights) => rights.replace(inParentheses, renamed) + onTable(table),
    );
  }
  const { sql } = object.definition;
  const words = wordsIn(sql);
  if (!followers.has(object.kind) || !words.has(table.name) || !words.has(from)) return object;
  const isView = object.kind === "view" || object.kind === "materializedView";
  return { ...object, definition: { sql: (isView ? renameInView : renameWord)(sql, from, to) } };
}

const inParentheses = /\((?:"(?:[^"]|"")*"|[^)"])*\)/g;

/** Returns a grant on `table` with what `change` makes of what it says before that; another as it is. */
function withRights(
  grant: SchemaObject,
  table: QualifiedName,
  change: (rights: string) => string,
): SchemaObject {
  const { arguments: said = "", definition: { sql } } = grant;
  const target = onTable(table);
  if (!said.endsWith(target)) return grant;
  const changed = change(said.slice(0, -target.length));
  return { ...grant, arguments: changed, definition: { sql: sql.replace(said, () => changed) } };
}

function onTable(name: QualifiedName): string {
  return ` ON TABLE ${quoteName(name)}`;
}

/** What a database keeps parsed, and not as text. */
const followers: ReadonlySet<ObjectKind> = new Set([
  "view",
  "materializedView",
  "trigger",
  "policy",
]);

function renameInView(sql: string, from: string, to: string): string {
  let [renamed, at] = ["", 0];
  for (const { text, start, end } of selectList(sql)) {
    renamed += sql.slice(at, start) + renameSelected(text, from, to);
    at = end;
  }
  return renamed + renameWord(sql.slice(at), from, to);
}

/** `users.email` becomes `users.mail AS email`, and that `users.email` again. */
function renameSelected(column: string, from: string, to: string): string {
  const parts = /^((?:[^\s()]+\.)?)([^\s().]+)(?:\s+AS\s+(\S+))?$/i.exec(column);
  const [, qualifier = "", own, alias] = parts ?? [];
  if (own === undefined || readIdentifier(own) !== from) return renameWord(column, from, to);
  const shown = alias ?? own;
  return readIdentifier(shown) === to
    ? qualifier + quoteIdentifier(to)
    : `${qualifier}${quoteIdentifier(to)} AS ${shown}`;
}
