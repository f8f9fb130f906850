import type { Enum, QualifiedName, SchemaObject, Table } from "../../../schema/schema.ts";
import { quoteLiteral } from "../../../sql/quote.ts";
import type { Queryable, Row, Value } from "../../../sql/statement.ts";
import { dependenciesQuery } from "./dependencies_query.ts";
import { factsOf, nameOf, namesOf } from "./facts.ts";
import { gatherTables } from "./gather_tables.ts";
import { grantsQuery } from "./grants_query.ts";
import { enumsQuery } from "./object_kinds.ts";
import { kindsQuery, objectsQuery } from "./objects_query.ts";
import { readObject } from "./read_object.ts";
import { sequenceFacts } from "./read_sequence.ts";
import { readTable } from "./read_table.ts";
import {
  columnEnumsQuery,
  columnSequencesQuery,
  columnsQuery,
  constraintsQuery,
  foreignColumnsQuery,
  indexesQuery,
  tablesQuery,
} from "./tables_query.ts";

/** An object, and the id that it has in dependencies. */
export interface FoundObject {
  readonly id: string;
  readonly object: SchemaObject;
}

/** A grant, and the table that it is on, if it is on one. */
export interface FoundGrant {
  readonly table: QualifiedName | undefined;
  readonly object: SchemaObject;
}

/** What the catalogue knows of some schemas: one query for each kind of thing. */
export interface Catalogue {
  tables(): Promise<readonly Table[]>;
  enums(): Promise<readonly Enum[]>;
  /** In the order in which they were created. */
  objects(): Promise<readonly FoundObject[]>;
  /** By id, for anything in any schema: the ids of what it needs. */
  needs(): Promise<ReadonlyMap<string, readonly string[]>>;
  grants(): Promise<readonly FoundGrant[]>;
  query(sql: string, parameters: readonly Value[]): Promise<readonly Row[]>;
}

/** @param schemas "default": the one in which new tables are created; "all": all except the server's own. */
export function catalogueOf(
  connection: Queryable,
  schemas: readonly string[] | "default" | "all",
): Catalogue {
  const wanted = schemas === "default"
    ? "n.nspname = current_schema()"
    : schemas === "all"
    ? "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
    : `n.nspname IN (${schemas.map((it) => quoteLiteral(it, "postgres")).join(", ")})`;
  const query = (sql: string, parameters?: readonly Value[]) =>
    connection.query({ sql: filledIn(sql, wanted), ...(parameters && { parameters }) });
  return {
    query,
    tables: async () => {
      const [server] = await connection.query({
        sql: "SELECT current_setting('server_version_num')::int AS version",
      });
      const version = Number(server?.["version"]);
      const rows = (sql: string) => query(forVersion(sql, version));
      // All at once: the server runs the next while the last is read.
      const [tables, columns, constraints, indexes, sequences, enums, foreignColumns] =
        await Promise.all([
          rows(tablesQuery),
          rows(columnsQuery),
          rows(constraintsQuery),
          rows(indexesQuery),
          rows(columnSequencesQuery),
          rows(columnEnumsQuery),
          rows(foreignColumnsQuery),
        ]);
      return gatherTables({
        tables,
        columns,
        constraints,
        indexes,
        sequences,
        enums,
        foreignColumns,
      }).map(readTable);
    },
    enums: async () =>
      (await query(enumsQuery)).map((row) => ({ ...nameOf(row), values: namesOf(row["values"]) })),
    objects: async () => {
      const [present] = await connection.query({ sql: kindsQuery });
      const kinds = String(present?.["kinds"]).split(" ").filter(Boolean);
      const rows = kinds.length === 0 ? [] : await query(objectsQuery(kinds));
      return rows.map((row) => ({ id: String(row["id"]), object: readObject(row) }));
    },
    needs: async () => {
      const rows = await query(dependenciesQuery);
      const byId = Map.groupBy(rows, (it) => String(it["id"]));
      return new Map(
        [...byId].map(([id, all]) => [id, all.map((it) => String(it["needs"]))]),
      );
    },
    grants: async () =>
      (await query(grantsQuery)).map((row) => {
        const on = factsOf(row["on_table"]);
        return { table: on && nameOf(on), object: readObject(row) };
      }),
  };
}

function forVersion(sql: string, version: number): string {
  return sql.replaceAll(/\$(\w+)/g, (whole, name: string) => {
    const found = newColumns[name];
    return found === undefined ? whole : version < found.since ? found.before : found.column;
  });
}

/** Catalogue columns that a version added, and what stands for them on older servers. */
const newColumns: Readonly<
  Record<string, { readonly since: number; readonly column: string; readonly before: string }>
> = {
  nullsNotDistinct: { since: 150_000, column: "x.indnullsnotdistinct", before: "false" },
  deleteColumns: { since: 150_000, column: "k.confdelsetcols::text", before: "NULL::text" },
  enforced: { since: 180_000, column: "k.conenforced", before: "true" },
  period: { since: 180_000, column: "k.conperiod", before: "false" },
};

/**
 * Expands the placeholders of a query. `$name(schema, name)` is a quoted name, qualified unless in the
 * default schema; `$wanted` is the condition on the schemas `n`, `$here` the name of the default schema,
 * and `$sequence` the options of a sequence `q`.
 */
function filledIn(sql: string, wanted: string): string {
  return sql.replace(
    /\$name\(([\w.]+), ([\w.]+)\)/g,
    (_, schema: string, name: string) =>
      `(CASE WHEN ${schema} = current_schema() THEN '' ELSE quote_ident(${schema}) || '.' END || quote_ident(${name}))`,
  ).replaceAll("$here", "(SELECT current_schema())").replaceAll("$wanted", () => wanted).replaceAll(
    "$sequence",
    () => sequenceFacts,
  );
}
