import { ToolError } from "../../error.ts";
import type { Operation, OperationOf, Recorded } from "../../operations/operation.ts";
import { renameColumnIn } from "../../operations/rename.ts";
import { notFound } from "../../schema/not_found.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Column, Constraint, Index, QualifiedName } from "../../schema/schema.ts";
import { renameIdentifier } from "../../sql/identifiers.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import { besides } from "../clauses.ts";
import type { CompiledStatement, DeferredOptions } from "../dialect.ts";
import { canAddColumn } from "./can_add_column.ts";
import { compile } from "./compile.ts";
import { createIndex } from "./create_index.ts";
import { parseTable } from "./parse_table.ts";
import { type Catalogue, readCatalogue } from "./rebuild/catalogue.ts";
import { usersOf, waitsFor } from "./rebuild/check_users.ts";
import {
  addColumn,
  addConstraint,
  alterColumn,
  dropColumn,
  dropConstraint,
  existingConstraint,
  indexNames,
  renameConstraint,
} from "./rebuild/edit_table.ts";
import { alterOptions, finishKey } from "./rebuild/edit_options.ts";
import { allConstraints, columnIn, findColumn, findConstraint } from "./rebuild/find_parts.ts";
import { isAutoincrement } from "./rebuild/rowid.ts";
import { rebuildStatements, type Rebuilt } from "./rebuild/rebuild_statements.ts";
import { checkableChildren, keysCanBreak } from "./rebuild/violation_checks.ts";
import { mentions, sameIdentifier } from "./same_identifier.ts";
import { tokenize } from "./tokens.ts";

/** A table on its way from what it is to what it shall be. */
interface Draft extends Pick<Rebuilt, "sql" | "indexes" | "fresh"> {
  /** Whether its primary key counts itself up, if it has one that can. */
  readonly counts: boolean;
  /** Columns that went. */
  readonly gone: readonly string[];
  /** In order. They are done by SQLite at the end, so all else calls the columns by their old names. */
  readonly renamed: readonly OperationOf<"renameColumn">[];
}

/** What one operation does to a draft. */
interface Change {
  readonly draft: Draft;
  /** SQLite's own statements for it, if it has some that do the same. */
  readonly native?: readonly CompiledStatement[];
}

/**
 * Returns the statements of operations that follow each other on one table: SQLite's own where it has
 * them for all, or else one rebuild.
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
  const native: (CompiledStatement | undefined)[] = [];
  let cause: Recorded | undefined;
  for (const it of recorded) {
    const before = draft;
    const change = await placed(it, async () => changed(it.operation, before, catalogue));
    draft = change.draft;
    if (change.native) native.push(...change.native.map((one) => ({ ...one, at: it.at })));
    else if (draft.sql !== before.sql || draft.counts !== before.counts) cause ??= it;
  }
  if (cause === undefined) return native.flatMap((it) => it ?? []);
  const { at } = cause;
  const { schema, name } = catalogue.table;
  const on = { ...(schema !== "main" && { schema }), name };
  const { counts } = draft;
  const asked = recorded.some(({ operation: it }) =>
    it.kind === "alterTable" && it.change.autoincrement
  );
  const sql = await placed(cause, async () => finishKey(draft.sql, on, { counts, asked }));
  draft = { ...draft, sql };
  const rebuilt = { ...draft, ...await surroundings(draft, catalogue, connection) };
  return [
    ...rebuildStatements(catalogue, rebuilt, { renames }),
    ...draft.renamed.flatMap((it) => compile(it)),
  ].map((it) => ({ ...it, at }));
}

async function placed<Result>(
  { at }: Recorded,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ToolError ? error.with({ ...at }) : error;
  }
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
  const { table } = catalogue;
  const shown = { ...table, ...(table.schema === "main" && { schema: undefined }) };
  const on: QualifiedName = table.schema === "main" ? { name: shown.name } : table;
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
          fresh: new Set([...draft.fresh, column.name.toLowerCase()]),
        },
        ...(isNative && { native: compile(withoutCondition(asked)) }),
      };
    }
    case "dropColumn": {
      const { column, ifExists } = operation;
      if (ifExists && !findColumn(parseTable(sql), column)) return { draft, native: [] };
      return dropped(operation, asked, draft, catalogue);
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
          }" has a column "${asked.to}" already`,
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
      const { name, ifExists, existing } = operation;
      const parsed = parseTable(sql);
      if (ifExists && !findConstraint(parsed, name, on, existing)) return { draft };
      const found = existingConstraint(parsed, on, name, existing);
      return { draft: { ...draft, sql: dropConstraint(sql, found) } };
    }
    case "renameConstraint": {
      const { name, to } = operation;
      return { draft: { ...draft, sql: renameConstraint(sql, on, name, to) } };
    }
    case "createIndex": {
      const { index: { name }, ifNotExists } = operation;
      if (indexes.some((it) => sameIdentifier(it.name, name))) {
        if (ifNotExists) return { draft, native: [] };
        throw invalid(`Cannot create the index "${name}": it is there already`);
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
        throw invalid(`Cannot rename the index "${index}": "${to}" is there already`);
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

/** SQLite's own DROP COLUMN takes the comments with it that stand before the next column, and refuses what is used. */
function dropped(
  { column }: OperationOf<"dropColumn">,
  asked: Operation,
  draft: Draft,
  catalogue: Catalogue,
): Change {
  const { table, references, others } = catalogue;
  const on: QualifiedName = table.schema === "main" ? { name: table.name } : table;
  const parsed = parseTable(draft.sql);
  const { index, item } = columnIn(parsed, column, on);
  const key = allConstraints(parsed).find((it) => it.constraint.kind === "primaryKey");
  const refuse = (because: string, hint: string) =>
    new ToolError(
      "operation/invalid",
      `Cannot drop the column "${column}" of "${showName(on)}": ${because}`,
      { hint },
    );
  const reference = references.find((it) =>
    sameIdentifier(it.parent, table.name) &&
    (it.to === undefined
      ? key?.constraint.columns.some((name) => sameIdentifier(name, column))
      : sameIdentifier(it.to, column)) &&
    !(sameIdentifier(it.child, table.name) && !isStillReferred(draft, column, table.name))
  );
  if (reference) {
    throw refuse(
      `a foreign key of "${reference.child}" refers to it`,
      "Drop that foreign key first",
    );
  }
  const waiting = others.find((it) => waitsFor(it, table.name, column));
  if (waiting) {
    throw refuse(
      `the trigger "${waiting.name}" uses it`,
      "Drop the trigger first, and create it again without the column",
    );
  }
  const sql = dropColumn(draft.sql, on, column);
  const going = draft.indexes.filter((it) => indexNames(it.sql, column));
  const next = parsed.items[index + 1];
  const cut = draft.sql.slice(
    parsed.items[index - 1]?.end ?? item.start,
    next?.start ?? parsed.inside.end,
  );
  const isNative = !/--|\/\*/.test(cut) &&
    parseTable(sql).items.flatMap((it) => it.clauses).length ===
      parsed.items.flatMap((it) => it === parsed.items[index] ? [] : it.clauses).length &&
    !item.clauses.some((it) => ["primaryKey", "unique", "foreignKey"].includes(it.kind)) &&
    !others.some((it) => mentions(tokenize(it.sql), column));
  return {
    draft: {
      ...draft,
      sql,
      indexes: draft.indexes.filter((it) => !going.includes(it)),
      gone: [...draft.gone, column],
    },
    ...(isNative && {
      native: [
        ...going.map((it) => ({ sql: `DROP INDEX ${besides(table, it.name)}` })),
        ...compile(withoutCondition(asked)),
      ],
    }),
  };
}

/** A key of the table to itself may have gone with an operation before. */
function isStillReferred({ sql }: Draft, column: string, table: string): boolean {
  const parsed = parseTable(sql);
  return allConstraints(parsed).some(({ constraint, clause }) => {
    const at = clause.tokens.findIndex((it) => it.word === "REFERENCES");
    return constraint.kind === "foreignKey" && sameIdentifier(clause.tokens[at + 1]?.name, table) &&
      !constraint.columns.some((it) => sameIdentifier(it, column)) &&
      (clause.tokens[at + 2]?.text !== "(" || mentions(clause.tokens.slice(at + 2), column));
  });
}

function withoutCondition(operation: Operation): Operation {
  switch (operation.kind) {
    case "addColumn": {
      const { ifNotExists: _, ...rest } = operation;
      return rest;
    }
    case "dropColumn": {
      const { ifExists: _, ...rest } = operation;
      return rest;
    }
    default:
      return operation;
  }
}

/** Returns `operation` with a column's name from before it was renamed. */
function callOld(
  operation: Operation,
  { column: old, to }: OperationOf<"renameColumn">,
): Operation {
  const name = (it: string) => sameIdentifier(it, to) ? old : it;
  switch (operation.kind) {
    case "addColumn": {
      const { column, constraints, position } = operation;
      if (sameIdentifier(column.name, old)) {
        throw new ToolError(
          "operation/unsupported",
          `Cannot add the column "${old}" together with the change that renamed another of that name`,
          { hint: "Put the change of the name into a revision of its own" },
        );
      }
      return {
        ...operation,
        column: { ...column, ...inGenerated(column, to, old) },
        constraints: constraints.map((it) => inConstraint(it, to, old)),
        ...(position && {
          position: "before" in position
            ? { before: name(position.before) }
            : { after: name(position.after) },
        }),
      };
    }
    case "alterColumn": {
      const change = { ...operation.change, ...inGenerated(operation.change, to, old) };
      return { ...operation, column: name(operation.column), change };
    }
    case "dropColumn":
    case "renameColumn":
      return { ...operation, column: name(operation.column) };
    case "addConstraint":
      return { ...operation, constraint: inConstraint(operation.constraint, to, old) };
    case "createIndex":
      return { ...operation, index: inIndex(operation.index, to, old) };
    default:
      return operation;
  }
}

function inGenerated(
  { generated }: { readonly generated?: Column["generated"] | null },
  from: string,
  to: string,
): Pick<Column, "generated"> {
  if (!generated) return {};
  const expression = renameIdentifier(generated.expression, from, to);
  return { generated: { ...generated, expression } };
}

const only = { name: "only", columns: [] };

function inConstraint(constraint: Constraint, from: string, to: string): Constraint {
  const table = { ...only, constraints: [constraint], indexes: [] };
  return renameColumnIn(table, only, from, to).constraints[0] ?? constraint;
}

function inIndex(index: Index, from: string, to: string): Index {
  const table = { ...only, constraints: [], indexes: [index] };
  return renameColumnIn(table, only, from, to).indexes[0] ?? index;
}

/** Returns the stored text of an index with another name. */
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
