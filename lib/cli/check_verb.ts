import { modelInput, modelOptions } from "./model_options.ts";
import type { Verb } from "./verb.ts";

export const checkVerb: Verb = {
  name: "check",
  summary: "Compare the models with the database: exit 3 if they differ",
  arguments: [],
  options: modelOptions,
  run: async (input, session) => {
    const { check } = await import("../commands/check.ts");
    return await check(await session.environment(), modelInput(input), session.report);
  },
};
