import type { ErrorCode } from "../error.ts";

/** The exit codes that scripts may rely on; the same for every command. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130;

/**
 * The exit code of each error. 0 is success, and 3 belongs to results: something was found or is
 * pending.
 */
export const exitCodes: Readonly<Record<ErrorCode, ExitCode>> = {
  "usage": 2,
  "config/invalid": 1,
  "config/no_url": 1,
  "config/url": 1,
  "revision/unknown": 1,
  "revision/ambiguous": 1,
  "revision/broken": 1,
  "revision/multiple_heads": 1,
  "revision/target": 1,
  "revision/draft": 1,
  "script/missing": 1,
  "script/exists": 1,
  "script/header": 1,
  "script/syntax": 1,
  "script/failed": 1,
  "script/irreversible": 1,
  "models/missing": 1,
  "models/invalid": 1,
  "scratch/unavailable": 1,
  "script/changed": 1,
  "operation/invalid": 1,
  "operation/unsupported": 1,
  "database/unreachable": 5,
  "database/refused": 1,
  "database/failed": 1,
  "database/in_doubt": 1,
  "database/differs": 1,
  "database/conflict": 1,
  "database/not_at_heads": 1,
  "resume/changed": 1,
  "resume/in_doubt": 1,
  "resume/nothing": 1,
  "resume/unfinished": 1,
  "backup/failed": 1,
  "output/failed": 1,
  "callback/failed": 1,
  "lock/busy": 4,
  "interrupted": 130,
  "internal": 1,
};
