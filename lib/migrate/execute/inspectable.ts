import type { Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { inspected } from "../../operations/inspected.ts";
import type { Inspectable } from "../../operations/operations.ts";
import { sql } from "../../sql/template.ts";
import type { Row, Statement, Value } from "../../sql/statement.ts";
import type { AskedFor } from "./asked_for.ts";
import { ownTables } from "../own_tables.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Returns what the body of a `run` sees of `session`: its queries, and the schema without our own
 * tables.
 */
export function inspectable(
  session: Session,
  asked: AskedFor,
  { dialect, versionTable }: Pick<RunOptions, "dialect" | "versionTable">,
): Inspectable {
  return {
    query: (
      text: TemplateStringsArray | Statement | string,
      ...values: readonly (Value | Date)[]
    ): Promise<readonly Row[]> => asked.follow(async () => await session.query(read(text, values))),
    inspect: () =>
      asked.follow(async () =>
        inspected(await dialect.introspect(session, { exclude: ownTables(versionTable) }))
      ),
  };
}

/**
 * @throws {ToolError} `operation/invalid` if there are values without placeholders in the text,
 *   which only JavaScript allows.
 */
function read(
  text: TemplateStringsArray | Statement | string,
  values: readonly (Value | Date)[],
): Statement {
  if (typeof text !== "string" && "raw" in text) return sql(text, ...values);
  if (values.length === 0) return typeof text === "string" ? { sql: text } : text;
  throw new ToolError("operation/invalid", "Cannot query with values beside the text", {
    hint: "Put them into it: db.query`SELECT … ${value}`",
  });
}
