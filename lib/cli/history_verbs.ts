import { ToolError } from "../error.ts";
import type { Input, Verb } from "./verb.ts";

/** The commands that show a database's state and history. */
export const historyVerbs: readonly Verb[] = [
  {
    name: "status",
    summary: "Show everything at once; exit 3 if anything is left to do",
    arguments: [],
    options: [],
    run: async (_input, session) => {
      const { status } = await import("../commands/status.ts");
      return status(await session.environment());
    },
  },
  {
    name: "log",
    summary: "Show who did what to the database, newest first",
    arguments: [{
      name: "revision",
      optional: true,
      summary: "show only what was done with this one",
    }],
    options: [{ name: "limit", short: "n", value: "COUNT", summary: "show only the COUNT newest" }],
    run: async (input, session) => {
      const { log } = await import("../commands/log.ts");
      const limit = count(input, "limit");
      return log(await session.environment(), { revision: input.arguments[0], limit });
    },
  },
  {
    name: "accept",
    summary: "Accept an applied revision's changed file as it is now",
    arguments: [{ name: "revision", summary: "an applied revision" }],
    options: [{
      name: "reason",
      value: "TEXT",
      summary: "why the change is right; it is recorded",
    }],
    run: async (input, session) => {
      const { accept } = await import("../commands/accept.ts");
      const revision = input.arguments[0] ?? "";
      const reason = input.value("reason") ?? "";
      return accept(await session.environment(), { revision, reason }, session.report);
    },
  },
];

function count(input: Input, name: string): number | undefined {
  const text = input.value(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ToolError(
    "usage",
    `Cannot read --${name} "${text}": it is not a whole number above 0`,
    {
      hint: `Write --${name} 20`,
    },
  );
}
