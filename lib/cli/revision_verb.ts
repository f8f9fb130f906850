import { ToolError } from "../error.ts";
import { modelInput, modelOptions } from "./model_options.ts";
import { branchLabel, format, formatOf, message, revId, splice } from "./revision_options.ts";
import type { Input, Option, Verb } from "./verb.ts";

const fromRevisions: Option = {
  name: "from-revisions",
  summary: "compare with what the revisions make instead",
};

export const revisionVerb: Verb = {
  name: "revision",
  summary: "Write a new revision file",
  arguments: [],
  options: [
    message,
    {
      name: "autogenerate",
      summary: "fill it with what the models have and the database lacks",
    },
    ...modelOptions.map((it) => ({ ...it, summary: `with --autogenerate: ${it.summary}` })),
    { ...fromRevisions, summary: `with --autogenerate: ${fromRevisions.summary}` },
    { name: "head", value: "REV", repeated: true, summary: "the down revision (default: head)" },
    splice,
    branchLabel,
    { name: "version-path", value: "DIR", summary: "which version location to write into" },
    revId,
    {
      name: "depends-on",
      value: "REV",
      repeated: true,
      summary: "a revision of another branch that must run first",
    },
    format,
  ],
  run: async (input, session) => {
    const options = {
      message: input.value("message"),
      head: input.values("head"),
      splice: input.flag("splice"),
      branchLabel: input.value("branch-label"),
      versionPath: input.value("version-path"),
      revId: input.value("rev-id"),
      dependsOn: input.values("depends-on"),
      format: formatOf(input),
    };
    if (!input.flag("autogenerate")) {
      refuseAlone(input);
      const { revision } = await import("../commands/revision.ts");
      return await revision(await session.environment(), options);
    }
    const { autogenerate } = await import("../commands/autogenerate.ts");
    return await autogenerate(await session.environment(), {
      ...options,
      ...modelInput(input),
      fromRevisions: input.flag("from-revisions"),
    }, session.report);
  },
};

/** Options that only matter with --autogenerate must not be silently ignored. */
function refuseAlone(input: Input): void {
  const found = [...modelOptions, fromRevisions].find((it) => input.flag(it.name));
  if (found === undefined) return;
  throw new ToolError("usage", `Cannot use --${found.name} without --autogenerate`, {
    hint: "Add --autogenerate",
  });
}
