import type { DialectName } from "../dialect/dialect.ts";
import type { DatabaseUrl } from "../driver/driver.ts";

/** Returns the language that the database at `url` speaks: libSQL's is SQLite's. */
export function dialectOf({ kind }: DatabaseUrl): DialectName {
  return kind === "postgres" ? "postgres" : "sqlite";
}
