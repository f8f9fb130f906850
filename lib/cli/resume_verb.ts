import { ToolError } from "../error.ts";
import { lockWait } from "./run_input.ts";
import { seconds } from "./seconds.ts";
import type { Input, Verb } from "./verb.ts";

/** `resume`: what a person decides about work that was interrupted. */
export const resumeVerb: Verb = {
  name: "resume",
  summary: "Settle what is in doubt of a revision that is half done",
  arguments: [{ name: "revision", summary: "the revision that was interrupted" }],
  options: [
    { name: "done", summary: "the statement that was running was done" },
    { name: "again", summary: "it was not: run it again" },
    { name: "restart", summary: "all that was done has been undone by hand: run all again" },
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
    hint: "Say one of --done, --again and --restart",
  });
}
