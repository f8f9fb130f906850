import { ToolError } from "../error.ts";
import {
  dryRun,
  from,
  guarded,
  lockRetry,
  lockWait,
  offline,
  printInput,
  runInput,
  tag,
} from "./run_input.ts";
import type { Input, Verb } from "./verb.ts";

export const stampVerb: Verb = {
  name: "stamp",
  summary: "Write revisions into the version table without running them",
  arguments: [{
    name: "revisions",
    optional: true,
    variadic: true,
    summary: "one or more revisions, heads or base",
  }],
  options: [
    { name: "purge", summary: "delete all rows of the version table first" },
    { name: "verify", summary: "stop unless the database matches what they make" },
    { name: "detect", summary: "find the revision that the database matches, and stamp it" },
    dryRun,
    from,
    offline,
    guarded,
    tag,
    lockWait,
    lockRetry,
  ],
  run: async (input, session) => {
    checkInput(input);
    const environment = await session.environment();
    const targets = input.arguments;
    const print = printInput(input);
    if (print) {
      const { stampSql } = await import("../commands/stamp.ts");
      return await stampSql(environment, { targets, ...print }, session.report);
    }
    if (input.flag("detect")) {
      const { stampDetected } = await import("../commands/stamp_detected.ts");
      return await stampDetected(environment, runInput(input), session.report);
    }
    const options = { targets, purge: input.flag("purge"), ...runInput(input) };
    if (input.flag("verify")) {
      const { stampVerified } = await import("../commands/stamp_verified.ts");
      return await stampVerified(environment, options, session.report);
    }
    const { stamp } = await import("../commands/stamp.ts");
    return await stamp(environment, options, session.report);
  },
};

function checkInput(input: Input): void {
  const asks = ["detect", "verify"].find((it) => input.flag(it));
  if (asks !== "detect" && input.arguments.length === 0) {
    throw new ToolError("usage", 'Missing required argument "revisions"', {
      hint: 'Name one or more, or give --detect; try "migrate stamp --help"',
    });
  }
  if (asks === "detect" && input.arguments.length > 0) {
    throw new ToolError("usage", "Cannot stamp a revision that is named with --detect", {
      hint: "Leave one of them out, or use --verify to make sure of it",
    });
  }
  const others = asks === "detect" ? ["sql", "from", "purge", "verify"] : ["sql", "from"];
  const other = asks && others.find((it) => input.flag(it));
  if (other) {
    throw new ToolError("usage", `Cannot use --${other} with --${asks}`, {
      hint: `Leave --${other} out`,
    });
  }
}
