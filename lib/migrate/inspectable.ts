import type { Session } from "../driver/driver.ts";
import { inspected } from "../operations/inspected.ts";
import type { Inspectable } from "../operations/operations.ts";
import { sql } from "../sql/template.ts";
import type { Row, Statement, Value } from "../sql/statement.ts";
import type { AskedFor } from "./asked.ts";
import { ownTables } from "./own_tables.ts";
import type { RunOptions } from "./run_options.ts";

/** Returns what the body of a `run` sees of `session`: its queries, and the schema without our own tables. */
export function inspectable(
  session: Session,
  asked: AskedFor,
  { dialect, versionTable }: Pick<RunOptions, "dialect" | "versionTable">,
): Inspectable {
  return {
    query: (
      text: TemplateStringsArray | Statement | string,
      ...values: readonly (Value | Date)[]
    ): Promise<readonly Row[]> =>
      asked.follow(async () =>
        await session.query(
          typeof text === "string" ? { sql: text } : "raw" in text ? sql(text, ...values) : text,
        )
      ),
    inspect: () =>
      asked.follow(async () =>
        inspected(await dialect.introspect(session, { exclude: ownTables(versionTable) }))
      ),
  };
}
