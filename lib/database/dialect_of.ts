import type { DialectName } from "../dialect/dialect.ts";
import type { DatabaseUrl } from "../driver/driver.ts";

/** Returns the dialect of the database at `url`: libSQL uses that of SQLite. */
export function dialectOf({ kind }: DatabaseUrl): DialectName {
  return kind === "postgres" ? "postgres" : "sqlite";
}
