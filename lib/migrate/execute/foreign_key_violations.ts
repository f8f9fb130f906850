import type { Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";

/** How many violations each row has against each table that it refers to. */
export type Violations = ReadonlyMap<string, number>;

export async function readViolations(session: Session): Promise<Violations> {
  const rows = await session.query({ sql: "PRAGMA foreign_key_check" });
  const keys = rows.map((it) => `"${it["table"]}" refers to "${it["parent"]}"\0${it["rowid"]}`);
  return new Map([...Map.groupBy(keys, (it) => it)].map(([key, all]) => [key, all.length]));
}

/**
 * Fails if steps that ran without foreign key enforcement introduced violations.
 *
 * @throws {ToolError} `database/failed`
 */
export function refuseNew(before: Violations, after: Violations): void {
  const broken = [...after].filter(([key, count]) => count > (before.get(key) ?? 0));
  const [first] = broken;
  if (first === undefined) return;
  const [where] = first[0].split("\0");
  const rows = broken.length === 1 ? "a row" : `${broken.length} rows`;
  throw new ToolError(
    "database/failed",
    `Cannot commit: ${rows} would refer to rows that do not exist: ${where}`,
    {
      hint:
        "A table was rebuilt in the same transaction, for which foreign keys had to be off: put what deletes rows into a revision of its own, and set transaction_per_migration",
    },
  );
}
