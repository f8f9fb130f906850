import { didYouMean } from "../../../sql/closest.ts";
import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { Queryable } from "../../../sql/statement.ts";
import type { CompiledStatement } from "../../dialect.ts";
import type { ClauseKind, ParsedTable, Range } from "../parse_table.ts";
import { foldCase, sameIdentifier } from "../same_identifier.ts";
import { violated, violationStatements } from "../violation_statements.ts";
import type { Catalogue } from "./catalogue.ts";
import { allConstraints } from "./find_parts.ts";
import { freeName } from "./free_name.ts";

/**
 * Says whether rows that were not changed may violate foreign keys from or to `made`: if a foreign key is
 * new, a key was dropped, or the values of a column compare differently.
 */
export function keysCanBreak(old: ParsedTable, made: ParsedTable): boolean {
  const [before, after] = [keyTexts(old), keyTexts(made)];
  return [...before.keys].some((it) => !after.keys.has(it)) ||
    [...after.foreignKeys].some((it) => !before.foreignKeys.has(it)) ||
    [...after.columns].some(([name, text]) => (before.columns.get(name) ?? text) !== text);
}

function keyTexts(parsed: ParsedTable): {
  readonly keys: ReadonlySet<string>;
  readonly foreignKeys: ReadonlySet<string>;
  readonly columns: ReadonlyMap<string, string>;
} {
  const { sql, items } = parsed;
  const texts = (wanted: readonly ClauseKind[]) =>
    new Set(
      allConstraints(parsed).filter((it) => wanted.includes(it.clause.kind)).map((it) =>
        JSON.stringify([it.item.column?.name.name, it.clause.tokens.map(({ text }) => text)])
      ),
    );
  return {
    keys: texts(["primaryKey", "unique"]),
    foreignKeys: texts(["foreignKey"]),
    columns: new Map(items.flatMap(({ column, clauses }) => {
      const parts: readonly (Range | undefined)[] = [
        column?.type,
        clauses.find((it) => it.kind === "collate"),
        clauses.find((it) => it.kind === "generated"),
      ];
      const text = parts.map((it) => it ? sql.slice(it.start, it.end) : "").join();
      return column?.name.name === undefined ? [] : [[foldCase(column.name.name), text]];
    })),
  };
}

/** Returns the tables whose foreign keys a rebuild may break and that can be checked. */
export async function checkableChildren(
  { references, table: { schema, name } }: Catalogue,
  made: ParsedTable,
  connection: Queryable,
): Promise<readonly string[]> {
  const children = references.map((it) => it.child);
  const hasOwn = keyTexts(made).foreignKeys.size > 0;
  const all = new Set(hasOwn ? [...children, name] : children);
  const checkable: string[] = [];
  for (const child of all) {
    const pragma = quoteName({ schema, name: "foreign_key_check" });
    // A foreign key to columns that are not unique, or to another number of columns, cannot be checked.
    const works = await connection.query({
      sql: `EXPLAIN PRAGMA ${pragma}(${quoteName({ name: child })})`,
    }).then(() => true, () => false);
    if (works) checkable.push(child);
  }
  return checkable;
}

/** Returns the statements that record the existing violations, and those that fail if there are others afterwards. */
export function violationChecks(
  { table: { schema, name }, taken }: Catalogue,
  children: readonly string[],
  made: ParsedTable,
): readonly [readonly CompiledStatement[], readonly CompiledStatement[]] {
  if (children.length === 0) return [[], []];
  const checks = children.map((it) => `pragma_foreign_key_check(${text(it)}, ${text(schema)})`);
  const noted = quoteName({ schema, name: freeName("_migrate_violations", taken) });
  const [note, compare, forget] = violationStatements(checks, noted);
  const refusal = {
    answer: violated,
    ...refusalOf(name, children, missingParent(made, [...taken, name])),
  };
  return [[note], [{ ...compare, refusal }, forget]];
}

/** A table that does not exist is the cause of all violations against it. */
function missingParent(made: ParsedTable, taken: readonly string[]): MissingParent | undefined {
  for (const { constraint } of allConstraints(made)) {
    if (constraint.kind !== "foreignKey") continue;
    const { name } = constraint.references;
    if (!taken.some((it) => sameIdentifier(it, name))) {
      return { name, hint: didYouMean(name, taken) || `Create "${name}" first` };
    }
  }
  return undefined;
}

interface MissingParent {
  readonly name: string;
  readonly hint: string;
}

function refusalOf(
  table: string,
  children: readonly string[],
  missing: MissingParent | undefined,
): { readonly message: string; readonly hint: string } {
  if (missing) {
    return {
      message:
        `Cannot rebuild "${table}": it would have a foreign key to "${missing.name}", which does not exist`,
      hint: missing.hint,
    };
  }
  const where = children.map((it) => `"${it}"`).join(" or ");
  return {
    message: `Cannot rebuild "${table}": rows would refer to rows that do not exist, in ${where}`,
    hint: "Fix the rows first; after such a change PRAGMA foreign_key_check lists them",
  };
}

function text(value: string): string {
  return quoteLiteral(value, "sqlite");
}
