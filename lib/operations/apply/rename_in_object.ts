import { readGrant } from "../../schema/objects.ts";
import { isRoutine, routineHead } from "../../schema/routine.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, SchemaObject } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName, readIdentifier } from "../../sql/quote.ts";
import { plainColumns, queriesReadFrom } from "../../sql/select_list.ts";
import { renameWord, wordsIn } from "../../sql/words.ts";

/** Says whether a database keeps `object` parsed, so that it follows what it names when that is renamed. */
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
    return changedGrant(object, name, { to: { ...name, name: to } });
  }
  if (isRoutine(object.kind)) return renameTypeInRoutine(object, name.name, to);
  if (!followers.has(object.kind)) return object;
  return {
    ...object,
    ...(object.on && sameName(object.on, name) && { on: { ...object.on, name: to } }),
    definition: { sql: renameWord(object.definition.sql, name.name, to, isShown) },
  };
}

/** A table is a type, too: what a routine takes and returns follows it, and so does a body that is no string. */
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

function isOwnName(before: string): boolean {
  return /\b(?:FUNCTION|PROCEDURE)\s+(?:(?:"(?:[^"]|"")*"|[^\s."]+)\.)?$/i.test(before);
}

/** Says whether what comes after `before` in `head` is what a routine calls an argument or a column: its type is behind it. */
function isOfOwn(before: string, head: string): boolean {
  const open = before.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "");
  return open.split("(").length > open.split(")").length && !boundBody.test(before) &&
    /^(?:"(?:[^"]|"")*"|[^\s,()"]+)\s+(?!DEFAULT\b)[^\s,)=]/i.test(head.slice(before.length));
}

const boundBody = /\b(?:RETURN|BEGIN\s+ATOMIC)\b/i;

/** Says whether what comes after `before` is what a view calls a column: it keeps that. */
export function isShown(before: string): boolean {
  return /\bAS\s+$/i.test(before);
}

/** Returns `object` after a column of `table` was renamed; the columns of a view keep their names. */
export function renameColumnInObject(
  object: SchemaObject,
  table: QualifiedName,
  from: string,
  to: string,
): SchemaObject {
  if (object.kind === "grant") {
    // The names stand in order, as they are quoted.
    const renamed = (columns: string) => {
      const names = renameWord(columns, from, to).match(/"(?:[^"]|"")*"|[^\s,()]+/g) ?? [];
      return `(${names.sort().join(", ")})`;
    };
    return changedGrant(object, table, { columns: renamed });
  }
  const { sql } = object.definition;
  const words = wordsIn(sql);
  if (!followers.has(object.kind) || !words.has(table.name) || !words.has(from)) return object;
  return { ...object, definition: { sql: renameInQueries(sql, table, from, to) } };
}

const inParentheses = /\((?:"(?:[^"]|"")*"|[^)"])*\)/g;

/** Returns a grant on `table` as one on `to`, its lists of columns changed by `columns`; any other as it is. */
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

/** What a database keeps parsed, and not as text. */
const followers: ReadonlySet<ObjectKind> = new Set([
  "view",
  "materializedView",
  "trigger",
  "policy",
]);

/** A query that reads from others, and not from `table`, has the column by the name that they show it by. */
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

/** Stands for a query within another; no text of SQL has it. */
const gap = "\0";

/** What a query calls its columns, it goes on to call them. */
function renameInQuery(sql: string, from: string, to: string): string {
  let [renamed, at] = ["", 0];
  for (const { text, start, end } of plainColumns(sql)) {
    renamed += renameWord(sql.slice(at, start), from, to, isShown) + renameSelected(text, from, to);
    at = end;
  }
  return renamed + renameWord(sql.slice(at), from, to, isShown);
}

/** `users.email` becomes `users.mail AS email`, and that `users.email` again. */
function renameSelected(column: string, from: string, to: string): string {
  const parts = /^((?:[^\s()]+\.)?)([^\s().]+)(?:\s+AS\s+(\S+))?$/i.exec(column);
  const [, qualifier = "", own, alias] = parts ?? [];
  if (own === undefined || readIdentifier(own) !== from) {
    return renameWord(column, from, to, isShown);
  }
  const shown = alias ?? own;
  return readIdentifier(shown) === to
    ? qualifier + quoteIdentifier(to)
    : `${qualifier}${quoteIdentifier(to)} AS ${shown}`;
}
