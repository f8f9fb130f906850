import { ownedSequence, readGrant } from "../../schema/objects.ts";
import { isRoutine, routineHead } from "../../schema/routine.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, SchemaObject } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName, readIdentifier } from "../../sql/quote.ts";
import { type PlainColumn, plainColumns, queriesReadFrom } from "../../sql/select_list.ts";
import { namesTable } from "../../sql/names_table.ts";
import { renameWord, wordsIn } from "../../sql/words.ts";

/**
 * Says whether a database stores `object` parsed rather than as text, so that it follows renames of the
 * objects that it names.
 */
export function follows({ kind }: SchemaObject): boolean {
  return followers.has(kind);
}

/**
 * Returns `object` after the table `name` is renamed, as far as the database makes it follow.
 *
 * @param isColumn Whether there are columns of that name, too.
 */
export function renameTableInObject(
  object: SchemaObject,
  name: QualifiedName,
  to: string,
  { isColumn = false } = {},
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
  if (!followers.has(object.kind)) return object;
  const stays = (before: string, after: string) =>
    isNoTable(before) || (isColumn && !namesTable(before, after));
  return {
    ...object,
    ...(object.on && sameName(object.on, name) && { on: { ...object.on, name: to } }),
    definition: { sql: renameWord(object.definition.sql, name.name, to, stays) },
  };
}

/**
 * A table is a type, too: the argument and return types of a routine follow its new name, and so does a
 * body that is not a string.
 */
function renameTypeInRoutine(routine: SchemaObject, from: string, to: string): SchemaObject {
  const { arguments: types, definition: { sql } } = routine;
  const head = routineHead(sql) ?? sql;
  return {
    ...routine,
    ...(types !== undefined && { arguments: renameWord(types, from, to) }),
    definition: {
      sql: renameWord(head, from, to, (before) => isOwnName(before) || isOfOwn(before, head)) +
        sql.slice(head.length),
    },
  };
}

/** The text before the name of the object that is created, or of the function that a trigger calls. */
const ownName =
  /(?:^\s*CREATE(?:\s+\w+)*|\bEXECUTE)\s+(?:FUNCTION|PROCEDURE|VIEW|TRIGGER|POLICY)\s+(?:(?:"(?:[^"]|"")*"|[^\s."]+)\.)?$/i;

function isOwnName(before: string): boolean {
  return ownName.test(before);
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

/** Says whether the name after `before` is the object's own, that of a routine, or an alias. */
export function isNoTable(before: string): boolean {
  return isOwnName(before) || /\bAS\s+$/i.test(before);
}

/** As `isNoTable`, or whether the name is that of a table or a function. */
export function isNoColumn(before: string, after: string): boolean {
  return isNoTable(before) || after.startsWith("(") || namesTable(before, after);
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
  const { sql } = object.definition;
  const words = wordsIn(sql);
  if (!followers.has(object.kind) || !words.has(table.name) || !words.has(from)) return object;
  return { ...object, definition: { sql: renameInQueries(sql, table, from, to) } };
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

/** The kinds that a database stores parsed, not as text. */
const followers: ReadonlySet<ObjectKind> = new Set([
  "view",
  "materializedView",
  "trigger",
  "policy",
]);

/**
 * A query that reads from subqueries, and not from `table` itself, knows the column by the name that
 * they give it.
 */
function renameInQueries(sql: string, table: QualifiedName, from: string, to: string): string {
  const inner = queriesReadFrom(sql);
  const gaps = [{ end: 0 }, ...inner].map(({ end }, at) => sql.slice(end, inner[at]?.start));
  const own = gaps.join(gap);
  const renamed = wordsIn(own).has(table.name) ? renameInQuery(own, from, to) : own;
  return renamed.split(gap).map((it, at) => {
    const query = inner[at] && sql.slice(inner[at].start, inner[at].end);
    return query === undefined ? it : it + renameInQueries(query, table, from, to);
  }).join("");
}

/** Placeholder for a subquery; it cannot occur in SQL. */
const gap = "\0";

/** A query keeps its own names for its columns. */
function renameInQuery(sql: string, from: string, to: string): string {
  let [renamed, at] = ["", 0];
  for (const column of plainColumns(sql)) {
    renamed += renameWord(sql.slice(at, column.start), from, to, isNoColumn) +
      renameSelected(column, from, to);
    at = column.end;
  }
  return renamed + renameWord(sql.slice(at), from, to, isNoColumn);
}

/** `users.email` becomes `users.mail AS email`, which renamed back becomes `users.email`. */
function renameSelected(column: PlainColumn, from: string, to: string): string {
  const { text, qualifier, name, alias = name } = column;
  if (readIdentifier(name) !== from) return renameWord(text, from, to, isNoColumn);
  return readIdentifier(alias) === to
    ? qualifier + quoteIdentifier(to)
    : `${qualifier}${quoteIdentifier(to)} AS ${alias}`;
}
