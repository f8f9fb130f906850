import { ownedSequence, readGrant } from "../../schema/objects.ts";
import { isRoutine, routineHead } from "../../schema/routine.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, SchemaObject } from "../../schema/schema.ts";
import { quoteName } from "../../sql/quote.ts";
import { namesTable } from "../../sql/names_table.ts";
import { renameWord, wordsIn } from "../../sql/words.ts";
import { isNoTable, isOwnName } from "./other_names.ts";
import { renameInQueries } from "./rename_in_queries.ts";

/**
 * Says whether a database stores `object`, which is no routine, parsed rather than as text, so that it follows
 * renames of the objects that it names.
 */
export function follows({ kind }: SchemaObject): boolean {
  return followers.has(kind);
}

/** Returns `object` with `change` made to what follows renames: of a routine, not a body that is a string. */
export function changeFollowing(
  object: SchemaObject,
  change: (sql: string) => string,
): SchemaObject {
  const { sql } = object.definition;
  const parsed = isRoutine(object.kind) ? routineHead(sql) ?? sql : follows(object) ? sql : "";
  return { ...object, definition: { sql: change(parsed) + sql.slice(parsed.length) } };
}

/** Returns `object` after the table `name` is renamed, as far as the database makes it follow. */
export function renameTableInObject(
  object: SchemaObject,
  name: QualifiedName,
  to: string,
): SchemaObject {
  if (object.kind === "grant") {
    return changedGrant(object, name, { to: { ...name, name: to } });
  }
  if (object.kind === "ownedSequence") {
    return changedOwner(
      object,
      name,
      (on, column) => ownedSequence(object, { ...on, name: to }, column),
    );
  }
  if (isRoutine(object.kind)) return renameTypeInRoutine(object, name.name, to);
  const stays = (before: string, after: string) => isNoTable(before) || !namesTable(before, after);
  return {
    ...changeFollowing(object, (sql) => renameWord(sql, name.name, to, stays)),
    ...(object.on && sameName(object.on, name) && { on: { ...object.on, name: to } }),
  };
}

/**
 * A table is a type, too: the argument and return types of a routine follow its new name, and so does a
 * body that is not a string.
 */
function renameTypeInRoutine(routine: SchemaObject, from: string, to: string): SchemaObject {
  const { arguments: types } = routine;
  return {
    ...changeFollowing(
      routine,
      (sql) => renameWord(sql, from, to, (before) => isOwnName(before) || isOfOwn(before, sql)),
    ),
    ...(types !== undefined && { arguments: renameWord(types, from, to) }),
  };
}

/**
 * Says whether the name after `before` in `head` is the routine's own name for an argument or a column,
 * which a type follows.
 */
function isOfOwn(before: string, head: string): boolean {
  const open = before.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "");
  return open.split("(").length > open.split(")").length && !boundBody.test(before) &&
    /^(?:"(?:[^"]|"")*"|[^\s,()"]+)\s+(?!DEFAULT\b)[^\s,)=]/i.test(head.slice(before.length));
}

const boundBody = /\b(?:RETURN|BEGIN\s+ATOMIC)\b/i;

/** Returns the position of the body in `sql`, or its end if the body is not there. */
function bodyOf(sql: string): number {
  const start = sql.search(boundBody);
  return start < 0 ? sql.length : start;
}

/** Returns `object` after a column of `table` is renamed; the columns of a view keep their names. */
export function renameColumnInObject(
  object: SchemaObject,
  table: QualifiedName,
  from: string,
  to: string,
): SchemaObject {
  if (object.kind === "grant") {
    // The names are in the order of their quoted forms.
    const renamed = (columns: string) => {
      const names = renameWord(columns, from, to).match(/"(?:[^"]|"")*"|[^\s,()]+/g) ?? [];
      return `(${names.sort().join(", ")})`;
    };
    return changedGrant(object, table, { columns: renamed });
  }
  if (object.kind === "ownedSequence") {
    return changedOwner(
      object,
      table,
      (on, column) => column === from ? ownedSequence(object, on, to) : object,
    );
  }
  return changeFollowing(object, (sql) => {
    const words = wordsIn(sql);
    if (!words.has(table.name) || !words.has(from)) return sql;
    // The arguments of a routine are no columns.
    const start = isRoutine(object.kind) ? bodyOf(sql) : 0;
    return sql.slice(0, start) + renameInQueries(sql.slice(start), table, from, to);
  });
}

const inParentheses = /\((?:"(?:[^"]|"")*"|[^)"])*\)/g;

/**
 * Returns a grant on `table` as one on `to`, with its column lists changed by `columns`; other grants
 * unchanged.
 */
function changedGrant(
  grant: SchemaObject,
  table: QualifiedName,
  { to = table, columns = (list) => list }: {
    readonly to?: QualifiedName;
    readonly columns?: (list: string) => string;
  },
): SchemaObject {
  const { arguments: said = "", definition: { sql } } = grant;
  const { privileges, on } = readGrant(grant);
  if (on !== `TABLE ${quoteName(table)}`) return grant;
  const changed = `${privileges.replace(inParentheses, columns)} ON TABLE ${quoteName(to)}`;
  return { ...grant, arguments: changed, definition: { sql: sql.replace(said, () => changed) } };
}

/** Returns what `changed` makes of the table and column of `owned`, or just `owned` if the table is not `table`. */
function changedOwner(
  owned: SchemaObject,
  table: QualifiedName,
  changed: (on: QualifiedName, column: string) => SchemaObject,
): SchemaObject {
  const { on, arguments: column = "" } = owned;
  return on && sameName(on, table) ? changed(on, column) : owned;
}

const followers: ReadonlySet<ObjectKind> = new Set([
  "domain",
  "view",
  "materializedView",
  "trigger",
  "policy",
]);
