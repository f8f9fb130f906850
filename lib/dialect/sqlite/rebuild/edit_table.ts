/**
 * Each operation on a table, as a change to the text of its CREATE TABLE.
 *
 * @module
 */
import { ToolError } from "../../../error.ts";
import type { ColumnChange, ColumnPosition } from "../../../operations/column_change.ts";
import { notFound } from "../../../schema/not_found.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { Column, Constraint, QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier } from "../../../sql/quote.ts";
import { columnConstraint, generatedClause, tableConstraint } from "../../clauses.ts";
import { collateClause, columnClause, defaultClause, valuesCheck } from "../column_clause.ts";
import { ownConstraint } from "../own_constraint.ts";
import { type ClauseKind, type ParsedTable, parseTable, type Range } from "../parse_table.ts";
import { parseType } from "../parse_type.ts";
import { sameIdentifier } from "../same_identifier.ts";
import { enclosed, tokenize } from "../tokens.ts";
import { typeName } from "../type_name.ts";
import { unsupported } from "../unsupported.ts";
import { insertItem, removeClause, removeItem, replaceRange } from "./edit_text.ts";
import {
  allConstraints,
  columnIn,
  constraintNames,
  findColumn,
  findConstraint,
  type FoundColumn,
  type FoundConstraint,
} from "./find_parts.ts";
import { constraintsNaming, namesColumn } from "./names_column.ts";
import { rowidColumn } from "./rowid.ts";

/** @throws {ToolError} `operation/invalid` if it already exists, or cannot be placed. */
export function addColumn(
  sql: string,
  table: QualifiedName,
  { column, constraints, position }: {
    readonly column: Column;
    readonly constraints: readonly Constraint[];
    readonly position?: ColumnPosition | undefined;
  },
): string {
  const parsed = parseTable(sql);
  if (findColumn(parsed, column.name)) {
    throw invalid(
      `Cannot add the column "${column.name}": the table "${
        showName(table)
      }" already has a column "${column.name}"`,
    );
  }
  const text = [
    columnClause(column, parsed.options),
    ...constraints.map((it) => columnConstraint(ownConstraint(it, table))),
  ].join(" ");
  return insertItem(parsed, placeOf(parsed, position, column.name), text);
}

function placeOf(
  parsed: ParsedTable,
  position: ColumnPosition | undefined,
  column: string,
): number {
  if (position === undefined) return parsed.items.findLastIndex((it) => it.column !== undefined);
  const beside = "before" in position ? position.before : position.after;
  const found = findColumn(parsed, beside);
  if (!found) throw invalid(`Cannot put "${column}" next to "${beside}": that does not exist`);
  return "before" in position ? found.index - 1 : found.index;
}

/**
 * Also drops the constraints that name the column.
 *
 * @throws {ToolError} If it does not exist, or if a generated column or a foreign key needs it.
 */
export function dropColumn(sql: string, table: QualifiedName, column: string): string {
  const parsed = parseTable(sql);
  const { index } = columnIn(parsed, column, table);
  const refuse = (because: string, hint: string) =>
    new ToolError(
      "operation/invalid",
      `Cannot drop the column "${column}" of "${showName(table)}": ${because}`,
      { hint },
    );
  for (const other of parsed.items) {
    const computed = other.clauses.find((it) => it.kind === "generated");
    if (computed && namesColumn(enclosed(computed.tokens), column)) {
      const name = other.column?.name.name;
      throw refuse(
        `the generated column "${name}" is computed from it`,
        `Drop "${name}" first, or change what it is computed from`,
      );
    }
  }
  const going = constraintsNaming(parsed, column);
  if (parsed.items.filter((it) => it.column).length === 1) {
    throw refuse("a table needs at least one column", "Drop the table");
  }
  const takesKey = going.some((it) => it.constraint.kind === "primaryKey");
  if (parsed.options.withoutRowid && takesKey) {
    throw refuse(
      "a table WITHOUT ROWID needs its primary key",
      "Create a new table, copy the rows, and drop this one",
    );
  }
  const without = going.reduceRight(withoutConstraint, sql);
  const left = removeItem(parseTable(without), index);
  const key = going.find((it) => it.constraint.kind === "primaryKey")?.constraint;
  return key?.kind === "primaryKey"
    ? notNull(left, table, key.columns.filter((it) => !sameIdentifier(it, column)))
    : left;
}

/** @throws {ToolError} `operation/invalid` if there is no such column. */
export function alterColumn(
  sql: string,
  table: QualifiedName,
  column: string,
  change: ColumnChange,
): string {
  const { type, nullable, default: value, collation, generated, identity } = change;
  const edit = (text: string, how: (found: FoundColumn, parsed: ParsedTable) => string) => {
    const parsed = parseTable(text);
    return how(columnIn(parsed, column, table), parsed);
  };
  if (identity) {
    throw unsupported(
      `make "${column}" an identity column`,
      "only a primary key can count up by itself",
      "Leave the identity out",
    );
  }
  let text = edit(sql, () => sql);
  if (type !== undefined) {
    text = edit(text, (found, parsed) => changeType(parsed, found, type));
    text = edit(text, ({ item }, { sql }) => {
      const check = valuesCheck(item.column.name.name ?? column, type);
      return check ? replaceRange(sql, { start: item.end, end: item.end }, ` ${check}`) : sql;
    });
  }
  if (generated !== undefined) {
    const clause = generated === null ? null : generatedClause({ generated }) ?? null;
    text = edit(text, (found, parsed) => setClause(parsed, found, "generated", clause));
  }
  if (value !== undefined) {
    const clause = value === null ? null : defaultClause(value);
    text = edit(text, (found, parsed) => setClause(parsed, found, "default", clause));
  }
  if (collation !== undefined) {
    const clause = collation === null ? null : collateClause(collation);
    text = edit(text, (found, parsed) => setClause(parsed, found, "collate", clause));
  }
  if (nullable !== undefined) {
    if (!nullable) text = edit(text, (found, parsed) => setClause(parsed, found, "null", null));
    text = edit(text, (found, parsed) => {
      const says = found.item.clauses.some((it) => it.kind === "notNull");
      if (says === !nullable) return parsed.sql;
      return setClause(parsed, found, "notNull", nullable ? null : "NOT NULL");
    });
  }
  return text;
}

/**
 * The unnamed check of an enum is replaced together with its type. An integer column that alone is
 * the key becomes the rowid.
 */
function changeType(parsed: ParsedTable, { item }: FoundColumn, type: Column["type"]): string {
  const { sql } = parsed;
  const { end: nameEnd } = item.column.name;
  const { start, end } = item.column.type ?? { start: nameEnd, end: nameEnd };
  const check = item.clauses.find((it) =>
    it.kind === "check" && isValuesCheck(sql.slice(it.start, it.end), item.column.name.name ?? "")
  );
  const without = check ? removeClause(sql, item, check) : sql;
  const typed = (name: string) =>
    replaceRange(without, { start, end }, start === end ? ` ${name}` : name);
  const rowid = typed("INTEGER");
  const isRowid = type.kind === "integer" && !hasOwnValue(item) &&
    sameIdentifier(rowidColumn(parseTable(rowid)), item.column.name.name);
  return isRowid ? rowid : typed(typeName(type, parsed.options));
}

function hasOwnValue({ clauses }: FoundColumn["item"]): boolean {
  return clauses.some((it) => it.kind === "default" || it.kind === "generated");
}

function isValuesCheck(clause: string, column: string): boolean {
  const [, name, values] = /^CHECK \((.+?) IN \((.*)\)\)$/s.exec(clause) ?? [];
  return sameIdentifier(tokenize(name ?? "")[0]?.name, column) &&
    /^'(?:[^']|'')*'(?:, '(?:[^']|'')*')*$/.test(values ?? "");
}

/** Replaces the column's clause of that kind by `clause`; null removes it. */
function setClause(
  parsed: ParsedTable,
  found: FoundColumn,
  kind: ClauseKind,
  clause: string | null,
): string {
  const { item } = found;
  const old = item.clauses.find((it) => it.kind === kind);
  if (clause === null) return old ? removeClause(parsed.sql, item, old) : parsed.sql;
  if (old) {
    const range: Range = { start: old.tokens[0]?.start ?? old.start, end: old.end };
    const gap = /^[\s,)]/.test(parsed.sql.slice(old.end)) ? "" : " ";
    return replaceRange(parsed.sql, range, clause + gap);
  }
  const end = item.column.type?.end ?? item.column.name.end;
  return replaceRange(parsed.sql, { start: end, end }, ` ${clause}`);
}

/** @throws {ToolError} If it already exists, or names a column that does not. */
export function addConstraint(sql: string, table: QualifiedName, constraint: Constraint): string {
  const parsed = parseTable(sql);
  const { name } = constraint;
  const all = allConstraints(parsed);
  if (name !== undefined && all.some((it) => sameIdentifier(it.constraint.name, name))) {
    throw invalid(`Cannot add the constraint "${name}": it already exists`);
  }
  if (constraint.kind === "primaryKey" && all.some((it) => it.constraint.kind === "primaryKey")) {
    throw invalid(`Cannot add a primary key to "${showName(table)}": it already has one`);
  }
  if (constraint.kind !== "check" && constraint.kind !== "exclude") {
    for (const column of constraint.columns) columnIn(parsed, column, table);
  }
  const text = tableConstraint(ownConstraint(constraint, table));
  const added = insertItem(parsed, parsed.items.length - 1, text);
  return constraint.kind === "primaryKey" ? keyColumns(added, table, constraint.columns) : added;
}

/**
 * Makes the columns what they would be if the table had been created with the key: not null, and a
 * single integer is the rowid.
 */
function keyColumns(sql: string, table: QualifiedName, columns: readonly string[]): string {
  return columns.reduce((text, column) => {
    const { item } = columnIn(parseTable(text), column, table);
    const range = item.column.type;
    const type = range && parseType(text.slice(range.start, range.end));
    const isRowid = columns.length === 1 && type?.kind === "integer" && !hasOwnValue(item);
    return alterColumn(text, table, column, {
      nullable: false,
      ...(isRowid && { type: { kind: "integer", bits: 32 } }),
    });
  }, sql);
}

/** The columns of a primary key stay not null, as on PostgreSQL. */
export function dropConstraint(
  sql: string,
  table: QualifiedName,
  found: FoundConstraint,
): string {
  const without = withoutConstraint(sql, found);
  return found.constraint.kind === "primaryKey"
    ? notNull(without, table, found.constraint.columns)
    : without;
}

function notNull(sql: string, table: QualifiedName, columns: readonly string[]): string {
  return columns.reduce((text, it) => alterColumn(text, table, it, { nullable: false }), sql);
}

function withoutConstraint(sql: string, { index, item, clause }: FoundConstraint): string {
  const parsed = parseTable(sql);
  const at = item.clauses.indexOf(clause);
  const behind = item.clauses.slice(at + 1);
  const next = behind.findIndex((it) => it.kind === "foreignKey" || it.kind === "deferral");
  const deferral = clause.kind === "foreignKey" && behind[next]?.kind === "deferral"
    ? behind[next]
    : undefined;
  const without = deferral ? removeClause(sql, item, deferral) : sql;
  if (item.column === undefined && item.clauses.length === 1) return removeItem(parsed, index);
  return removeClause(without, item, clause);
}

/** @throws {ToolError} If there is no such constraint, or `to` already exists. */
export function renameConstraint(
  sql: string,
  table: QualifiedName,
  name: string,
  to: string,
): string {
  const parsed = parseTable(sql);
  const found = existingConstraint(parsed, table, name);
  if (allConstraints(parsed).some((it) => sameIdentifier(it.constraint.name, to))) {
    throw invalid(`Cannot rename the constraint "${name}": "${to}" already exists`);
  }
  const { name: old, start } = found.clause;
  return old
    ? replaceRange(sql, old, quoteIdentifier(to))
    : replaceRange(sql, { start, end: start }, `CONSTRAINT ${quoteIdentifier(to)} `);
}

/** @throws {ToolError} `operation/invalid` if there is no such constraint. */
export function existingConstraint(
  parsed: ParsedTable,
  table: QualifiedName,
  name: string,
  existing?: Constraint,
): FoundConstraint {
  const found = findConstraint(parsed, name, table, existing);
  if (found) return found;
  throw notFound("constraint", name, { of: table, among: constraintNames(parsed, table) });
}

function invalid(message: string): ToolError {
  return new ToolError("operation/invalid", message);
}
