import type { Input, Option } from "./verb.ts";

export const rename: Option = {
  name: "rename",
  value: "OLD:NEW",
  repeated: true,
  summary: "what was renamed: users:people, users.mail:email",
};

/** What a comparison with the models takes. */
export const modelOptions: readonly Option[] = [
  {
    name: "models",
    value: "FILE",
    repeated: true,
    summary: "how the database should look (default: as configured)",
  },
  rename,
];

/** Returns what was said with them. JSON is for scripts: nobody is there to be asked. */
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
