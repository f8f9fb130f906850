import { type Facts, textOf } from "./facts.ts";

/** The rows of each catalogue. */
export interface TableRows {
  readonly tables: readonly Facts[];
  readonly columns: readonly Facts[];
  /** Of referenced tables in other schemas. */
  readonly foreignColumns: readonly Facts[];
  readonly enums: readonly Facts[];
  readonly sequences: readonly Facts[];
  readonly constraints: readonly Facts[];
  readonly indexes: readonly Facts[];
}

/** Returns one record per table, with all its parts in it. */
export function gatherTables(rows: TableRows): readonly Facts[] {
  const names = new ColumnNames([...rows.columns, ...rows.foreignColumns]);
  const enums = new Map(rows.enums.map((it) => [it["id"], it]));
  const sequences = new Map(rows.sequences.map((it) => [place(it), it]));
  const columns = byTable(rows.columns.filter((it) => !lettersOf(it).includes("i")));
  const constraints = byTable(rows.constraints);
  const indexes = byTable(rows.indexes);
  return rows.tables.map((table) => {
    const { id } = table;
    return {
      ...table,
      columns: (columns.get(id) ?? []).map((it) => columnFacts(it, enums, sequences)),
      constraints: (constraints.get(id) ?? []).map((it) => constraintFacts(it, names)),
      indexes: (indexes.get(id) ?? []).map((it) => indexFacts(it, names)),
    };
  });
}

function byTable(rows: readonly Facts[]): ReadonlyMap<unknown, readonly Facts[]> {
  return Map.groupBy(rows, (it) => it["table"]);
}

/** The names of columns, by table and number. */
class ColumnNames {
  readonly #names: ReadonlyMap<string, string>;

  constructor(columns: readonly Facts[]) {
    this.#names = new Map(columns.map((it) => [place(it), String(it["name"])]));
  }

  /** Returns the names of the columns of `table` with the given `numbers`: `{1,2}`, or `1 2`. */
  of(table: unknown, numbers: unknown): readonly string[] {
    const all = textOf(numbers)?.match(/\d+/g) ?? [];
    return all.map((it) => this.#names.get(`${table}.${it}`) ?? "");
  }
}

function place({ table, number }: Facts): string {
  return `${table}.${number}`;
}

function columnFacts(
  row: Facts,
  enums: ReadonlyMap<unknown, Facts>,
  sequences: ReadonlyMap<string, Facts>,
): Facts {
  const found = sequences.get(place(row));
  const isSerial = found?.["serial"] === true;
  const letters = lettersOf(row);
  const computes = /[SV]/.test(letters);
  return {
    ...row,
    nullable: letters.includes("n"),
    enum: enums.get(row["enum"]),
    isArray: letters.includes("A"),
    stored: letters.includes("S"),
    generated: computes ? row["value"] : undefined,
    default: computes || isSerial ? undefined : row["value"],
    identity: isSerial ? "s" : /[ad]/.exec(letters)?.[0],
    sequence: found?.["sequence"],
    sequenceName: found?.["name"],
  };
}

/** https://www.postgresql.org/docs/current/catalog-pg-attribute.html */
function lettersOf(row: Facts): string {
  return String(row["letters"]);
}

function constraintFacts(row: Facts, names: ColumnNames): Facts {
  return {
    ...row,
    columns: names.of(row["table"], row["columns"]),
    references: names.of(row["foreign"], row["references"]),
    deleteColumns: names.of(row["table"], row["deleteColumns"]),
    include: beside(row, names),
    table: row["to_name"],
    schema: row["to_schema"],
  };
}

function indexFacts(row: Facts, names: ColumnNames): Facts {
  const plain = names.of(row["table"], row["key"]).slice(0, Number(row["keys"]));
  return {
    ...row,
    on: row["elements"] ?? plain.map((column) => ({ column })),
    include: beside(row, names),
  };
}

/** The columns that an index only includes, after those of its key. */
function beside(row: Facts, names: ColumnNames): readonly string[] {
  return names.of(row["table"], row["key"]).slice(Number(row["keys"]));
}
