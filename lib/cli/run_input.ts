import type { PrintOptions } from "../commands/run/print_sql.ts";
import { ToolError } from "../error.ts";
import { seconds } from "./seconds.ts";
import type { Input, Option } from "./verb.ts";

export const dryRun: Option = {
  name: "dry-run",
  summary: "show what would be done, and change nothing",
};
export const from: Option = {
  name: "from",
  value: "REV[,REV]",
  summary: "with --dry-run: plan from these revisions, without a database",
};
export const offline: Option = { name: "sql", summary: "print SQL instead of running it" };
export const guarded: Option = {
  name: "guarded",
  summary: "with --sql: the script stops unless the database is where it begins",
};
export const lockWait: Option = {
  name: "lock-wait",
  value: "SECONDS",
  summary: "how long to wait for another run to end (default: 60)",
};
export const lockRetry: Option = {
  name: "lock-retry",
  value: "SECONDS",
  summary: "how long to keep trying when a table is locked (default: 60)",
};
export const backup: Option = {
  name: "backup",
  value: "DIR",
  implied: "",
  summary: "save the database first, to a new file in DIR (default: backups)",
};
export const tag: Option = {
  name: "tag",
  value: "TEXT",
  summary: "pass TEXT to the revisions, as op.tag",
};

/** Returns the options that say how to run. */
export function runInput(input: Input): {
  readonly dryRun: boolean;
  readonly from: readonly string[] | undefined;
  readonly tag: string | undefined;
  readonly lockWaitMilliseconds: number | undefined;
  readonly lockRetryMilliseconds: number | undefined;
  readonly backup: string | true | undefined;
} {
  const from = input.value("from");
  if (from !== undefined && !input.flag("dry-run")) {
    throw new ToolError("usage", "Cannot use --from without --dry-run", { hint: "Add --dry-run" });
  }
  return {
    dryRun: input.flag("dry-run"),
    from: from?.split(",").map((it) => it.trim()).filter((it) => it !== "" && it !== "base"),
    tag: input.value("tag"),
    lockWaitMilliseconds: seconds(input, "lock-wait"),
    lockRetryMilliseconds: seconds(input, "lock-retry"),
    backup: input.value("backup") === "" ? true : input.value("backup"),
  };
}

/** Returns the options of --sql; `undefined` without it. */
export function printInput(input: Input): PrintOptions | undefined {
  const sql = input.flag("sql");
  if (!sql && input.flag("guarded")) {
    throw new ToolError("usage", "Cannot use --guarded without --sql", { hint: "Add --sql" });
  }
  if (!sql) return undefined;
  const other = ["dry-run", "from", "purge", "lock-wait", "lock-retry", "backup"].find(input.flag);
  if (other !== undefined) {
    throw new ToolError(
      "usage",
      `Cannot use --${other} with --sql, which connects to no database`,
      {
        hint: other === "from" ? "Write START:END, as in base:head" : `Leave --${other} out`,
      },
    );
  }
  return { tag: input.value("tag"), guarded: input.flag("guarded") };
}
