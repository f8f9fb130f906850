import type { Input, Option } from "./verb.ts";

export const rename: Option = {
  name: "rename",
  value: "OLD:NEW",
  repeated: true,
  summary: "what was renamed: users:people, users.mail:email",
};

/** The options of a comparison with the models. */
export const modelOptions: readonly Option[] = [
  {
    name: "models",
    value: "FILE",
    repeated: true,
    summary: "how the database should look (default: as configured)",
  },
  rename,
];

/** Returns the values of these options. With --json no questions are asked: it is for scripts. */
export function modelInput(input: Input): {
  readonly models: readonly string[];
  readonly renames: readonly string[];
  readonly ask: boolean;
} {
  return {
    models: input.values("models"),
    renames: input.values("rename"),
    ask: !input.flag("json"),
  };
}
