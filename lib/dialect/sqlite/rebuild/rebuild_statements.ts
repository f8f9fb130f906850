import { showName } from "../../../schema/qualified_name.ts";
import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { parseTable } from "../parse_table.ts";
import { columnNames } from "../read_table_text.ts";
import { sameIdentifier } from "../same_identifier.ts";
import { tokenize } from "../tokens.ts";
import type { Catalogue, CatalogueObject } from "./catalogue.ts";
import type { User } from "./check_users.ts";
import { copiedColumns, copyRows } from "./copy_rows.ts";
import { freeName } from "./free_name.ts";
import { isAutoincrement, rowidName } from "./rowid.ts";
import { violationChecks } from "./violation_checks.ts";

/** The target of a rebuild. */
export interface Rebuilt {
  /** The text of its CREATE TABLE. */
  readonly sql: string;
  readonly indexes: readonly CatalogueObject[];
  /** Columns that are new, although there was one of that name before. */
  readonly fresh: ReadonlySet<string>;
  /** What may need a dropped column, with the column's name. */
  readonly users: readonly (User & { readonly column: string })[];
  /** Tables whose foreign keys to it, or from it, are checked. */
  readonly children: readonly string[];
}

/**
 * Returns the statements that replace the existing table by one created from `rebuilt`.
 *
 * The old table is renamed out of the way, and the new one is created from its text as it is, so the text
 * is stored byte for byte. Meanwhile `legacy_alter_table` keeps views, triggers and foreign keys unchanged;
 * unlike `foreign_keys`, it can be set inside a transaction. Where it cannot be, as on a libSQL server,
 * which does not allow it, the rows are moved out of the way instead, and so copied twice.
 *
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
export function rebuildStatements(
  catalogue: Catalogue,
  rebuilt: Rebuilt,
  options: { readonly renames: boolean },
): readonly CompiledStatement[] {
  const renames = options.renames && canBeRenamed(catalogue);
  const { table: { schema, name }, others, taken } = catalogue;
  const [old, made] = [parseTable(catalogue.sql), parseTable(rebuilt.sql)];
  const table = quoteName({ schema, name });
  const asideName = freeName(`_migrate_old_${name}`, taken);
  const aside = quoteName({ schema, name: asideName });
  const triggers = others.filter((it) =>
    it.kind === "trigger" && sameIdentifier(it.on, name) && !(it.temporary && catalogue.shadowed)
  );
  const [before, after] = violationChecks(catalogue, rebuilt.children, made);
  const users = (kind: "view" | "trigger") =>
    rebuilt.users.filter((it) => it.other.kind === kind).map(({ other, check, column }) => ({
      ...check,
      refusal: {
        message: `Cannot drop the column "${column}" of "${
          showName(catalogue.name)
        }": the ${kind} "${other.name}" uses it`,
        hint: `Drop the ${kind} first, and create it again without the column`,
      },
    }));
  return [
    ...before,
    ...(renames
      ? moveTable(table, asideName)
      : moveRows({ table, aside, columns: columnNames(old), rowid: rowidName(old) })),
    ...isAutoincrement(old) && isAutoincrement(made) && !renames
      ? [moveSequence(schema, name, asideName)]
      : [],
    ...renames ? [] : [{ sql: `DROP TABLE ${table}`, foreignKeys: false } as const],
    { sql: placedIn(schema, rebuilt.sql) },
    ...users("view"),
    copyRows(table, aside, copiedColumns(old, made, rebuilt.fresh)),
    ...isAutoincrement(old)
      ? [
        {
          sql: `DELETE FROM ${quoteName({ schema, name: "sqlite_sequence" })} WHERE name = ${
            text(name)
          }`,
        },
        ...isAutoincrement(made) ? [moveSequence(schema, asideName, name)] : [],
      ]
      : [],
    { sql: `DROP TABLE ${aside}`, foreignKeys: false },
    ...rebuilt.indexes.map((it) => ({ sql: placedIn(schema, it.sql) })),
    ...triggers.map((it) => ({ sql: placedIn(it.temporary ? "temp" : schema, it.sql) })),
    ...users("trigger"),
    ...after,
  ];
}

/** With `legacy_alter_table`, renaming breaks checks and indexes that qualify columns with their table's name. */
function canBeRenamed({ sql, table: { name }, shadowed }: Catalogue): boolean {
  const tokens = tokenize(sql);
  return !shadowed &&
    !tokens.some((it, at) => sameIdentifier(it.name, name) && tokens[at + 1]?.text === ".");
}

function moveTable(table: string, asideName: string): readonly CompiledStatement[] {
  return [
    { sql: "PRAGMA legacy_alter_table = ON" },
    { sql: `ALTER TABLE ${table} RENAME TO ${quoteName({ name: asideName })}`, foreignKeys: false },
    { sql: "PRAGMA legacy_alter_table = OFF" },
  ];
}

/** The temporary columns have no types, so they keep every value as it is. */
function moveRows(
  { table, aside, columns, rowid }: {
    readonly table: string;
    readonly aside: string;
    readonly columns: readonly string[];
    readonly rowid: string | undefined;
  },
): readonly CompiledStatement[] {
  const names = columns.map((name) => quoteName({ name }));
  const all = [...rowid === undefined ? [] : [rowid], ...names].join(", ");
  return [
    { sql: `CREATE TABLE ${aside} (${names.join(", ")})` },
    { sql: `INSERT INTO ${aside} (${all})\nSELECT ${all} FROM ${table} NOT INDEXED` },
  ];
}

function moveSequence(schema: string, from: string, to: string): CompiledStatement {
  const sequence = quoteName({ schema, name: "sqlite_sequence" });
  return { sql: `UPDATE ${sequence} SET name = ${text(to)} WHERE name = ${text(from)}` };
}

/**
 * Returns the stored text of an object as a statement that creates it in `schema`, whatever names other schemas have.
 */
function placedIn(schema: string, sql: string): string {
  const name = quoteName({ name: schema });
  return sql.replace(
    /^(CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER)) /i,
    (_, words) => `${words} ${name}.`,
  );
}

function text(value: string): string {
  return quoteLiteral(value, "sqlite");
}
