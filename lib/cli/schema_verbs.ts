import type { ScriptResult } from "../commands/result.ts";
import type { Verb } from "./verb.ts";

/** The commands that read whole schemas, in the order of the help. */
export const schemaVerbs: readonly Verb[] = [
  {
    name: "dump",
    summary: "Print the database's schema",
    arguments: [],
    options: [{
      name: "sql",
      summary: "as a script, which is the default; with --json, in a string",
    }],
    run: async (input, session) => {
      const { dump } = await import("../commands/dump.ts");
      const found = await dump(await session.environment(), session.report);
      return input.flag("sql") ? scriptOf(found.sql) : found;
    },
  },
];

function scriptOf(sql: string): ScriptResult {
  async function* pieces(): AsyncGenerator<string> {
    yield sql;
  }
  return { kind: "script", pieces: pieces() };
}
