import type { ScriptResult } from "../commands/views/result.ts";
import { rename } from "./model_options.ts";
import { tag } from "./run_input.ts";
import type { Verb } from "./verb.ts";

/** The commands that read whole schemas, in the order of the help. */
export const schemaVerbs: readonly Verb[] = [
  {
    name: "dump",
    summary: "Print the database's schema",
    arguments: [],
    options: [{
      name: "sql",
      summary: "as a SQL script, which is the default; with --json, as a string",
    }],
    run: async (input, session) => {
      const { dump } = await import("../commands/dump.ts");
      const found = await dump(await session.environment(), session.report);
      return input.flag("sql") ? scriptOf(found.sql) : found;
    },
  },
  {
    name: "diff",
    summary: "Show what turns one schema into another",
    arguments: [
      {
        name: "from",
        optional: true,
        summary: `a revision, models, or a database's URL; "database", "models": the project's`,
      },
      {
        name: "to",
        optional: true,
        summary: "the same (default: from the database to the models)",
      },
    ],
    options: [{ name: "sql", summary: "print it as SQL statements" }, rename],
    run: async (input, session) => {
      const { compare } = await import("../commands/compare.ts");
      const [first, second] = input.arguments;
      const [from, to] = second === undefined ? [undefined, first] : [first, second];
      const options = { from, to, sql: input.flag("sql"), renames: input.values("rename") };
      return compare(await session.environment(), options, session.report);
    },
  },
  {
    name: "verify",
    summary: "Try the revisions up, down and up again on a scratch database",
    arguments: [{
      name: "range",
      optional: true,
      summary: "[START]:[END], both ends included, or one revision (default: all)",
    }],
    options: [tag],
    run: async (input, session) => {
      const { verify } = await import("../commands/verify.ts");
      const [range] = input.arguments;
      return verify(
        await session.environment(),
        { range, tag: input.value("tag") },
        session.report,
      );
    },
  },
];

function scriptOf(sql: string): ScriptResult {
  async function* pieces(): AsyncGenerator<string> {
    yield sql;
  }
  return { kind: "script", pieces: pieces() };
}
