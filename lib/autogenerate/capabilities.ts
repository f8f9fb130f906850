/** What matters of a database for the choice and the order of operations. */
export interface Capabilities {
  /**
   * Tables are made anew for what cannot be altered, with all that stands on them; and a foreign key may
   * refer to a table that is not there yet. True of SQLite.
   */
  readonly rebuildsTables: boolean;
}
