import type { DialectName } from "../dialect/dialect.ts";

/** The properties of a database that decide which operations are chosen, and in which order. */
export interface Capabilities {
  /**
   * To change what cannot be altered, tables are rebuilt, with everything on them; and a foreign key may
   * reference a table that does not exist yet. True of SQLite.
   */
  readonly rebuildsTables: boolean;
}

/** Returns the properties of the databases that speak `dialect`. */
export function capabilitiesOf(dialect: DialectName): Capabilities {
  return { rebuildsTables: dialect === "sqlite" };
}
