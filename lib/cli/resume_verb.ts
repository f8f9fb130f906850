import { ToolError } from "../error.ts";
import { lockWait } from "./run_input.ts";
import { seconds } from "./seconds.ts";
import type { Input, Verb } from "./verb.ts";

/** `resume`: records a person's decision about work that was interrupted. */
export const resumeVerb: Verb = {
  name: "resume",
  summary: "Settle what is in doubt about a half-done revision",
  arguments: [{ name: "revision", summary: "the revision that was interrupted" }],
  options: [
    { name: "done", summary: "the statement that was running did complete" },
    { name: "again", summary: "it did not: run it again" },
    { name: "restart", summary: "everything has been undone by hand: run all statements again" },
    lockWait,
  ],
  run: async (input, session) => {
    const decision = decisionOf(input);
    const { resume } = await import("../commands/resume.ts");
    return resume(await session.environment(), {
      revision: input.arguments[0] ?? "",
      decision,
      lockWaitMilliseconds: seconds(input, "lock-wait"),
    }, session.report);
  },
};

function decisionOf(input: Input): "done" | "again" | "restart" | undefined {
  const [first, second] = (["done", "again", "restart"] as const).filter((it) => input.flag(it));
  if (second === undefined) return first;
  throw new ToolError("usage", `Cannot use --${first} with --${second}`, {
    hint: "Choose one of --done, --again and --restart",
  });
}
