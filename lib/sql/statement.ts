/**
 * SQL as values. This folder deals with text: statements, values, rows, quoting, and splitting scripts
 * into statements. It does not depend on schemas or connections.
 *
 * @module
 */

/** A value that a statement can carry to the server. */
export type Value = null | boolean | number | bigint | string | Uint8Array;

/** A row as the server returned it, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** An expression as the user or the server wrote it, never quoted or changed. */
export interface Sql {
  readonly sql: string;
}

/** One statement, without its semicolon. */
export interface Statement {
  readonly sql: string;
  /** The values of `$1`, `$2` …, in order; absent if the text has no parameters. */
  readonly parameters?: readonly Value[];
}

/** A place in one of the user's files; lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** Something that answers queries. */
export interface Queryable {
  /** @throws {DatabaseError} If the server refuses the statement. */
  query(statement: Statement): Promise<readonly Row[]>;
}
