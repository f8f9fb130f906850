import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { Queryable } from "../../../sql/statement.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { sameIdentifier } from "../same_identifier.ts";
import type { Catalogue } from "./catalogue.ts";
import { freeName } from "./rebuild_statements.ts";

/** Returns the tables whose foreign keys a rebuild may break, and which can be checked as they are. */
export async function checkableChildren(
  { references, table: { schema, name } }: Catalogue,
  hasOwn: boolean,
  connection: Queryable,
): Promise<readonly string[]> {
  const children = references.filter((it) => sameIdentifier(it.parent, name)).map((it) => it.child);
  const all = new Set(hasOwn ? [...children, name] : children);
  const checkable: string[] = [];
  for (const child of all) {
    const pragma = quoteName({ schema, name: "foreign_key_check" });
    // A key to what is not unique, or to another number of columns, cannot be checked at all.
    const works = await connection.query({
      sql: `EXPLAIN PRAGMA ${pragma}(${quoteName({ name: child })})`,
    }).then(() => true, () => false);
    if (works) checkable.push(child);
  }
  return checkable;
}

/** Returns what notes the violations that are there, and what fails if there are others afterwards. */
export function violationChecks(
  { table: { schema, name }, taken }: Catalogue,
  children: readonly string[],
): readonly [readonly CompiledStatement[], readonly CompiledStatement[]] {
  if (children.length === 0) return [[], []];
  const noted = quoteName({ schema, name: freeName("_migrate_violations", taken) });
  const violations = children.map((child) =>
    `SELECT "table" AS child, rowid AS place, parent FROM pragma_foreign_key_check(${
      text(child)
    }, ${text(schema)})`
  ).join("\n  UNION ALL ");
  const counted =
    `SELECT child, place, parent, count(*) AS times FROM (${violations}) GROUP BY 1, 2, 3`;
  const isNoted =
    `SELECT 1 FROM ${noted} old WHERE old.child = now.child AND old.place IS now.place AND old.parent = now.parent AND old.times >= now.times`;
  return [
    [{ sql: `CREATE TABLE ${noted} AS\n${counted}` }],
    [
      {
        // json() of what is no JSON is an error.
        sql:
          `SELECT json('foreign key violations: ' || times) FROM (\n  SELECT count(*) AS times FROM (${counted}) now WHERE NOT EXISTS (${isNoted})\n) WHERE times > 0`,
        refusal: {
          message: `rows would refer to what is not there, after "${name}" is made anew: in ${
            children.map((it) => `"${it}"`).join(" or ")
          }`,
          hint: `Mend the rows first; PRAGMA foreign_key_check lists them once they are like that`,
        },
      },
      { sql: `DROP TABLE ${noted}` },
    ],
  ];
}

function text(value: string): string {
  return quoteLiteral(value, "sqlite");
}
