import { ToolError } from "../../error.ts";
import type { Operation, OperationOf, Recorded } from "../../operations/operation.ts";
import { notFound } from "../../schema/not_found.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import { besides } from "../clauses.ts";
import type { CompiledStatement, DeferredOptions } from "../dialect.ts";
import { placed } from "../placed.ts";
import { canAddColumn } from "./can_add_column.ts";
import { compile } from "./compile.ts";
import { createIndex } from "./create_index.ts";
import { type ParsedTable, parseTable } from "./parse_table.ts";
import { type Catalogue, readCatalogue } from "./rebuild/catalogue.ts";
import type { Change, Draft } from "./rebuild/draft.ts";
import { droppedColumn } from "./rebuild/dropped_column.ts";
import { callOld } from "./rebuild/old_names.ts";
import { withoutCondition } from "./rebuild/without_condition.ts";
import { usersOf } from "./rebuild/check_users.ts";
import {
  addColumn,
  addConstraint,
  alterColumn,
  dropConstraint,
  existingConstraint,
  renameConstraint,
} from "./rebuild/edit_table.ts";
import { alterOptions, finishKey } from "./rebuild/edit_options.ts";
import { columnIn, constraintNames, findColumn, findConstraint } from "./rebuild/find_parts.ts";
import { isAutoincrement } from "./rebuild/rowid.ts";
import { rebuildStatements, type Rebuilt } from "./rebuild/rebuild_statements.ts";
import { checkableChildren, keysCanBreak } from "./rebuild/violation_checks.ts";
import { foldCase, sameIdentifier } from "./same_identifier.ts";
import { tokenize } from "./tokens.ts";

/**
 * Returns the statements of consecutive operations on one table: SQLite's own if it has them for all of
 * these, otherwise one rebuild.
 *
 * @throws {ToolError} With the place of the operation that cannot be done.
 */
export async function compileDeferred(
  recorded: readonly Recorded[],
  connection: Queryable,
  { renames = true }: DeferredOptions = {},
): Promise<readonly CompiledStatement[]> {
  const [first] = recorded;
  const table = first && tableOf(first.operation);
  if (!table) return [];
  const catalogue = await placed(first, () => readCatalogue(connection, table));
  let draft: Draft = {
    sql: catalogue.sql,
    indexes: catalogue.indexes,
    fresh: new Set(),
    counts: isAutoincrement(parseTable(catalogue.sql)),
    gone: [],
    renamed: [],
  };
  const native: CompiledStatement[] = [];
  let cause: Recorded | undefined;
  for (const it of recorded) {
    const before = draft;
    const change = placed(it, () => changed(it.operation, before, catalogue));
    draft = change.draft;
    if (change.native) native.push(...change.native.map((one) => ({ ...one, at: it.at })));
    else if (draft.sql !== before.sql || draft.counts !== before.counts) cause ??= it;
  }
  if (cause === undefined) return native;
  const { at } = cause;
  const { counts } = draft;
  const asked = recorded.some(({ operation: it }) =>
    it.kind === "alterTable" && it.change.autoincrement
  );
  const sql = placed(cause, () => finishKey(draft.sql, catalogue.name, { counts, asked }));
  const keyed = { ...draft, sql };
  const around = await placed(cause, () => surroundings(keyed, catalogue, connection));
  const rebuilt = { ...keyed, ...around };
  return [
    ...rebuildStatements(catalogue, rebuilt, { renames }),
    ...draft.renamed.flatMap((it) => compile(it)),
  ].map((it) => ({ ...it, at }));
}

function tableOf(operation: Operation): QualifiedName | undefined {
  return "table" in operation && operation.kind !== "createTable" ? operation.table : undefined;
}

async function surroundings(
  { gone, sql }: Draft,
  catalogue: Catalogue,
  connection: Queryable,
): Promise<Pick<Rebuilt, "users" | "children">> {
  const users: Rebuilt["users"][number][] = [];
  for (const column of gone) {
    for (const user of await usersOf(column, catalogue, connection)) {
      users.push({ ...user, column });
    }
  }
  const made = parseTable(sql);
  const children = keysCanBreak(parseTable(catalogue.sql), made)
    ? await checkableChildren(catalogue, made, connection)
    : [];
  return { users, children };
}

function changed(asked: Operation, draft: Draft, catalogue: Catalogue): Change {
  const operation = draft.renamed.reduceRight(callOld, asked);
  const { sql, indexes } = draft;
  const { table, name: on } = catalogue;
  switch (operation.kind) {
    case "addColumn": {
      const { column, ifNotExists } = operation;
      if (ifNotExists && findColumn(parseTable(sql), column.name)) return { draft, native: [] };
      const { ifNotExists: _, ...plain } = operation;
      const isNative = canAddColumn(plain) && !parseTable(sql).options.strict;
      return {
        draft: {
          ...draft,
          sql: addColumn(sql, on, operation),
          fresh: new Set([...draft.fresh, foldCase(column.name)]),
        },
        ...(isNative && { native: compile(withoutCondition(asked)) }),
      };
    }
    case "dropColumn": {
      const { column, ifExists } = operation;
      if (ifExists && !findColumn(parseTable(sql), column)) return { draft, native: [] };
      return droppedColumn(operation, asked, draft, catalogue);
    }
    case "renameColumn": {
      if (asked.kind !== "renameColumn") return { draft };
      const parsed = parseTable(sql);
      columnIn(parsed, operation.column, on);
      const taken = draft.renamed.some((it) => sameIdentifier(it.to, asked.to));
      if (findColumn(parsed, operation.to) && !sameIdentifier(asked.column, asked.to) || taken) {
        throw invalid(
          `Cannot rename the column "${asked.column}": the table "${
            showName(on)
          }" already has a column "${asked.to}"`,
        );
      }
      return { draft: { ...draft, renamed: [...draft.renamed, asked] }, native: compile(asked) };
    }
    case "alterColumn":
      return { draft: { ...draft, sql: alterColumn(sql, on, operation.column, operation.change) } };
    case "alterTable":
      return { draft: { ...draft, ...altered(operation, draft) } };
    case "addConstraint":
      return { draft: { ...draft, sql: addConstraint(sql, on, operation.constraint) } };
    case "dropConstraint": {
      const { ifExists, existing } = operation;
      const parsed = parseTable(sql);
      const name = oldConstraintName(operation.name, parsed, on, draft);
      if (ifExists && !findConstraint(parsed, name, on, existing)) return { draft };
      const found = existingConstraint(parsed, on, name, existing);
      return { draft: { ...draft, sql: dropConstraint(sql, on, found) } };
    }
    case "renameConstraint": {
      const name = oldConstraintName(operation.name, parseTable(sql), on, draft);
      return { draft: { ...draft, sql: renameConstraint(sql, on, name, operation.to) } };
    }
    case "createIndex": {
      const { index: { name }, ifNotExists } = operation;
      if (indexes.some((it) => sameIdentifier(it.name, name))) {
        if (ifNotExists) return { draft, native: [] };
        throw invalid(`Cannot create the index "${name}": it already exists`);
      }
      const made = {
        name,
        sql: createIndex({ table: { name: table.name }, index: operation.index }).sql,
      };
      return { draft: { ...draft, indexes: [...indexes, made] }, native: compile(asked) };
    }
    case "dropIndex": {
      const { index } = operation;
      const left = indexes.filter((it) => !sameIdentifier(it.name, index));
      if (left.length === indexes.length && !operation.ifExists) {
        throw notFound("index", index, {
          of: on,
          among: indexes.map((it) => it.name),
        });
      }
      return { draft: { ...draft, indexes: left }, native: compile(asked) };
    }
    case "renameIndex": {
      const { index, to } = operation;
      const old = indexes.find((it) => sameIdentifier(it.name, index));
      if (!old) throw notFound("index", index, { of: on, among: indexes.map((it) => it.name) });
      if (catalogue.taken.some((it) => sameIdentifier(it, to))) {
        throw invalid(`Cannot rename the index "${index}": "${to}" already exists`);
      }
      const made = { name: to, sql: withName(old.sql, to) };
      return {
        draft: { ...draft, indexes: indexes.map((it) => it === old ? made : it) },
        native: [
          { sql: `DROP INDEX ${besides(table, old.name)}` },
          { sql: withName(old.sql, to, table.schema) },
        ],
      };
    }
    default:
      return { draft };
  }
}

/** Returns the name before the columns are renamed: that of an unnamed constraint is generated from theirs. */
function oldConstraintName(
  name: string,
  parsed: ParsedTable,
  table: QualifiedName,
  { renamed }: Draft,
): string {
  const at = constraintNames(parsed, table, renamed).findIndex((it) => sameIdentifier(it, name));
  return constraintNames(parsed, table)[at] ?? name;
}

function altered(
  { change }: OperationOf<"alterTable">,
  { sql, counts }: Draft,
): Pick<Draft, "sql" | "counts"> {
  const { autoincrement } = change;
  return {
    sql: alterOptions(sql, change),
    counts: autoincrement === undefined ? counts : autoincrement !== null,
  };
}

/** Returns the stored text of an index under another name. */
function withName(sql: string, name: string, schema?: string): string {
  const tokens = tokenize(sql);
  const at = tokens.findIndex((it) => it.word === "INDEX");
  const old = tokens[at + 1];
  const full = (schema === undefined ? "" : `${quoteIdentifier(schema)}.`) + quoteIdentifier(name);
  return old ? sql.slice(0, old.start) + full + sql.slice(old.end) : sql;
}

function invalid(message: string): ToolError {
  return new ToolError("operation/invalid", message);
}
