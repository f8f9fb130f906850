import { ToolError } from "../error.ts";
import { modelInput, modelOptions } from "./model_options.ts";
import type { Verb } from "./verb.ts";

export const checkVerb: Verb = {
  name: "check",
  summary: "Compare the models with the database: exit 3 if they differ",
  arguments: [],
  options: [
    ...modelOptions,
    {
      name: "drift",
      summary: "compare the database with a replay of its own revisions instead",
    },
  ],
  run: async (input, session) => {
    if (input.flag("drift")) {
      const other = ["models", "rename"].find((it) => input.flag(it));
      if (other !== undefined) {
        throw new ToolError("usage", `Cannot use --${other} with --drift`, {
          hint: `Leave --${other} out: the models are not used`,
        });
      }
      const { drift } = await import("../commands/drift.ts");
      return await drift(await session.environment(), session.report);
    }
    const { checkModels } = await import("../commands/check_models.ts");
    return await checkModels(await session.environment(), modelInput(input), session.report);
  },
};
