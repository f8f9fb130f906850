import type Database from "libsql";
import { onlyDefines } from "../../sql/only_defines.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import type { PreparedStatements } from "./prepared_statements.ts";
import { QuickShapes } from "./quick_shapes.ts";

/** Estimates from the text of a statement and the size of the database whether it may take long. */
export class SlowStatements {
  readonly #database: Database.Database;
  readonly #prepared: PreparedStatements;
  readonly #quick = new QuickShapes();
  #isLarge = false;
  /** The table that the latest statements created and indexed: it has no rows, however large the database is. */
  #empty: string | undefined;

  constructor(database: Database.Database, prepared: PreparedStatements) {
    this.#database = database;
    this.#prepared = prepared;
  }

  /** Says whether a statement that begins with `keyword`, in a transaction, may take long. */
  mayTakeLong({ sql, keyed }: OwnStatement, keyword: string): boolean {
    if (keyed) return false;
    if (this.#isOnEmptyTable(sql) || isQuick.has(keyword) || givesItsRows.test(sql)) return false;
    if (keyword === "PRAGMA" && !checks.test(sql)) return false;
    if (multiplies.test(sql)) return true;
    if (!this.#isLargeDatabase()) return false;
    const table = nameIn(takesTable, sql);
    return table === undefined ? !this.#quick.has(sql) : this.#isLargeTable(table);
  }

  /** Says whether a statement only defines something, or indexes a table that was just created. */
  #isOnEmptyTable(sql: string): boolean {
    const isDefinition = onlyDefines(sql);
    if (isDefinition) this.#empty = nameIn(makesTable, sql) ?? this.#empty;
    else if (nameIn(indexesTable, sql) !== this.#empty) this.#empty = undefined;
    return isDefinition || this.#empty !== undefined;
  }

  /** Records how long a statement took that might have taken long. */
  took(milliseconds: number, sql: string): void {
    this.#quick.add(sql, milliseconds);
  }

  #isLargeDatabase(): boolean {
    this.#isLarge ||= Number(this.#one("PRAGMA page_count")) > fewPages;
    return this.#isLarge;
  }

  /** A table that cannot be read counts as large. */
  #isLargeTable(table: string): boolean {
    try {
      const sql = `SELECT 1 FROM ${quoteIdentifier(table)} LIMIT 1 OFFSET ${fewRows}`;
      return this.#one(sql) !== undefined;
    } catch {
      return true;
    }
  }

  #one(sql: string): unknown {
    const statement = this.#database.prepare(sql).raw();
    const row = statement.get();
    this.#prepared.keep(statement);
    return Array.isArray(row) ? row[0] : undefined;
  }
}

/**
 * With fewer pages, usually less than a megabyte, only a query that generates its own rows takes long.
 */
const fewPages = 256;

const fewRows = 1000;

const isQuick = new Set(["BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN"]);
const givesItsRows = /^(?:INSERT|REPLACE)\b[^(;]*(?:\([^)]*\))?\s*VALUES\b/i;
const makesTable = /^CREATE\s+TABLE\s+("[^"]+"|\w+)\s*\(/i;
const indexesTable = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b[^(]*\bON\s+("[^"]+"|\w+)\s*\(/i;
/** Statements whose duration depends on the size of that table. */
const takesTable =
  /^(?:CREATE\s+(?:UNIQUE\s+)?INDEX\b[^(]*\bON|DROP\s+TABLE(?:\s+IF\s+EXISTS)?|ALTER\s+TABLE)\s+("[^"]+"|\w+)(?![\w"]|\s*\.)/i;

/** Returns the name that `expression` finds, or `undefined` if it is qualified by a schema. */
function nameIn(expression: RegExp, sql: string): string | undefined {
  return expression.exec(sql)?.[1]?.replaceAll('"', "");
}

const multiplies = /\b(?:recursive|join|generate_series)\b|\bfrom\b[^();]*,/i;
const checks = /check|optimize/i;
