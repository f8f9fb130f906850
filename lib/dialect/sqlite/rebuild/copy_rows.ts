import { quoteIdentifier } from "../../../sql/quote.ts";
import type { Statement } from "../../../sql/statement.ts";
import { type Affinity, affinityOf } from "../affinity.ts";
import type { ParsedTable } from "../parse_table.ts";
import { foldCase } from "../same_identifier.ts";
import { findColumn, type FoundColumn } from "./find_parts.ts";
import { rowidColumn, rowidName } from "./rowid.ts";

/** The columns that an INSERT … SELECT fills, and the expressions that it fills them with. */
export interface Copied {
  readonly into: readonly string[];
  readonly from: readonly string[];
}

/**
 * Returns how the rows of `old` become rows of `made`: with their rowids, and without generated columns.
 *
 * @param fresh Columns of `made` that are unrelated to those of the same name in `old`.
 */
export function copiedColumns(
  old: ParsedTable,
  made: ParsedTable,
  fresh: ReadonlySet<string>,
): Copied {
  const pairs = made.items.flatMap(({ column }): readonly (readonly [string, string])[] => {
    const name = column?.name.name;
    const [before, after] = [old, made].map((it) =>
      name === undefined ? undefined : findColumn(it, name)
    );
    if (name === undefined || !before || !after) return [];
    if (fresh.has(foldCase(name)) || isComputed(after)) return [];
    return [[quoteIdentifier(name), converted(before, after, old, made)]];
  });
  const [into, from] = [rowidTarget(made, pairs.map(([it]) => it)), rowidName(old)];
  const rowid = into !== undefined && from !== undefined ? [[into, from] as const] : [];
  const all = [...rowid, ...pairs];
  return { into: all.map(([it]) => it), from: all.map(([, it]) => it) };
}

const copying = "INSERT OR ABORT INTO ";

/**
 * Returns the statement that copies the rows of the table `from` to the table `into`; both names are
 * SQL. A constraint violation is an error, whatever ON CONFLICT clause the constraint has.
 */
export function copyRows(into: string, from: string, columns: Copied): Statement {
  const expressions = columns.from.join(", ");
  return {
    sql: `${copying}${into} (${
      columns.into.join(", ")
    })\nSELECT ${expressions} FROM ${from} NOT INDEXED`,
  };
}

/** Says whether `sql` is what `copyRows` returns; it may have been written into a revision file. */
export function copiesRows(sql: string): boolean {
  return sql.startsWith(copying);
}

/** Returns the name under which the rowid is written, unless a copied column is its alias. */
function rowidTarget(made: ParsedTable, copied: readonly string[]): string | undefined {
  const alias = rowidColumn(made);
  if (alias === undefined) return rowidName(made);
  return copied.includes(quoteIdentifier(alias)) ? undefined : quoteIdentifier(alias);
}

function isComputed({ item }: FoundColumn): boolean {
  return item.clauses.some((it) => it.kind === "generated");
}

/**
 * A column's affinity converts numeric texts to numbers, and numbers to texts, and keeps what it cannot
 * convert, of which a CAST would make 0. Only between texts and blobs is there no such conversion.
 */
function converted(
  before: FoundColumn,
  after: FoundColumn,
  old: ParsedTable,
  made: ParsedTable,
): string {
  const name = quoteIdentifier(before.item.column.name.name ?? "");
  const [from, to] = [declared(old, before), declared(made, after)];
  const wanted: readonly Affinity[] = ["TEXT", "BLOB"];
  return from !== to && wanted.includes(to) ? `CAST(${name} AS ${to})` : name;
}

function declared({ sql }: ParsedTable, { item }: FoundColumn): Affinity {
  const type = item.column.type;
  return affinityOf(type ? sql.slice(type.start, type.end) : "");
}
