import { readComposite, readDomain } from "../../schema/read_definition.ts";
import type { SchemaObject } from "../../schema/schema.ts";
import { feedingLists, type SelectedColumn, selectList } from "../../sql/select_list.ts";

/**
 * Says whether `after` can replace `before`, an object of the same identity, without touching its
 * dependents.
 */
export function canReplace(before: SchemaObject, after: SchemaObject): boolean {
  const [old, made] = [before.definition.sql, after.definition.sql];
  switch (after.kind) {
    case "view":
      return keepsColumns(old, made);
    case "materializedView":
      return false;
    case "function":
    case "procedure":
      return signature(old) === signature(made);
    case "trigger":
      return isConstraintTrigger(old) === isConstraintTrigger(made) &&
        isForEachRow(old) === isForEachRow(made);
    case "domain":
      return base(old) === base(made);
    case "compositeType": {
      const [before, wanted] = [readComposite(old), readComposite(made)];
      return before === undefined || wanted === undefined || onlyGains(before, wanted);
    }
    default:
      return true;
  }
}

/**
 * https://www.postgresql.org/docs/current/sql-createview.html: the old columns must stay, and new ones
 * come after them. They must also be selected from the same columns, as their types could differ
 * otherwise.
 */
function keepsColumns(before: string, after: string): boolean {
  let rest = feedingLists(after);
  return begins(selectList(after), selectList(before)) && feedingLists(before).every((list) => {
    const at = rest.findIndex((it) => begins(it, list));
    rest = rest.slice(at + 1);
    return at >= 0;
  });
}

function begins(list: readonly SelectedColumn[], first: readonly SelectedColumn[]): boolean {
  return first.every((it, at) => it.text === list[at]?.text);
}

/** https://www.postgresql.org/docs/current/sql-createtrigger.html: neither kind can replace the other. */
function isConstraintTrigger(sql: string): boolean {
  return /^\s*CREATE\s+CONSTRAINT\b/i.test(sql);
}

/**
 * A trigger for each row of a partitioned table is also on its partitions, and stays there if one for
 * each statement replaces it.
 */
function isForEachRow(sql: string): boolean {
  return /\bFOR\s+(?:EACH\s+)?ROW\b/i.test(sql);
}

/**
 * https://www.postgresql.org/docs/current/sql-alterdomain.html: everything about a domain can change
 * except its underlying type.
 */
function base(sql: string): string {
  const { type, collation } = readDomain(sql) ?? {};
  return JSON.stringify([type, collation]);
}

/**
 * Says whether `after` has the attributes of `before`, except some that were removed and some that were
 * added at the end: an attribute can change its type only while no column uses it
 * (https://www.postgresql.org/docs/current/sql-altertype.html).
 */
function onlyGains(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): boolean {
  const kept = [...before].filter(([name]) => after.has(name));
  return kept.every(([name, type], at) => {
    const [other, made] = [...after][at] ?? [];
    return name === other && type === made;
  });
}

/**
 * The argument names, argument types and return type of a routine cannot change:
 * https://www.postgresql.org/docs/current/sql-createfunction.html
 */
function signature(sql: string): string {
  const language = sql.search(/\bLANGUAGE\b/i);
  const head = language < 0 ? sql : sql.slice(0, language);
  return head.replace(/^\s*CREATE\s+(OR\s+REPLACE\s+)?/i, "").replaceAll(/\s+/g, " ").trim();
}
