import type { Connection } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Plan } from "../../plan/plan.ts";
import { refuseFullDisk } from "./refuse_full_disk.ts";
import type { RunOptions } from "../run_options.ts";
import { refuseWithoutPlace } from "./usable_path.ts";

/**
 * Refuses, before anything is changed, a run that is bound to fail on the way or to do harm.
 *
 * @throws {ToolError} `database/refused`, with what to do instead.
 */
export async function guardRun(plan: Plan, options: RunOptions): Promise<void> {
  const { connection } = options.database;
  refuseReadOnly(connection);
  if (connection.kind === "sqlite") return await refuseFullDisk(plan, options);
  if (connection.kind !== "postgres") return;
  if (connection.pooled) (await import("./refuse_pooled.ts")).refusePooled(plan);
  await refuseWithoutPlace(connection, options.versionTable);
  const { checkPrivileges } = await import("./check_privileges.ts");
  await checkPrivileges(plan, connection, options);
}

function refuseReadOnly({ readOnly }: Connection): void {
  switch (readOnly) {
    case undefined:
      return;
    case "standby":
      throw refused("the server is a standby, which follows a primary", findPrimary);
    case "session":
      throw refused(
        "the session is read-only (default_transaction_read_only is on)",
        "Switch it off for the role or the database, or add ?options=-c%20default_transaction_read_only%3Doff to the database URL",
      );
    case "file":
      throw refused(
        "its file or its folder cannot be written to",
        "Run as a user who can write to both",
      );
  }
}

const findPrimary =
  "Name the primary in the database URL, or all hosts with target_session_attrs=read-write";

function refused(found: string, hint: string): ToolError {
  return new ToolError("database/refused", `Cannot change the database: ${found}`, { hint });
}
