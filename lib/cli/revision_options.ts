import { ToolError } from "../error.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import type { Input, Option } from "./verb.ts";

export const message: Option = {
  name: "message",
  short: "m",
  value: "TEXT",
  summary: "what it does, in one line",
};
export const revId: Option = {
  name: "rev-id",
  value: "ID",
  summary: "its id (default: twelve random hex digits)",
};
export const branchLabel: Option = {
  name: "branch-label",
  value: "LABEL",
  summary: "name the branch that begins here",
};
export const splice: Option = {
  name: "splice",
  summary: "allow a down revision that is not a head",
};
export const format: Option = {
  name: "format",
  value: "ts|js|sql",
  summary: "language of the file (default: revision_format, or ts)",
};

/** @throws {ToolError} `usage` */
export function formatOf(input: Input): ScriptFormat | undefined {
  const text = input.value("format");
  if (text === undefined || text === "ts" || text === "js" || text === "sql") return text;
  throw new ToolError("usage", `Cannot write a revision as "${text}"`, {
    hint: "Write --format ts, --format js or --format sql",
  });
}
