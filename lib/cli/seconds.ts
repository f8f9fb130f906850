import { ToolError } from "../error.ts";
import type { Input } from "./verb.ts";

/**
 * Returns the value of an option given in seconds, in milliseconds.
 *
 * @throws {ToolError} `usage` if it is not a number of seconds.
 */
export function seconds(input: Input, name: string): number | undefined {
  const text = input.value(name);
  if (text === undefined) return undefined;
  const found = /^(\d+(?:\.\d+)?)s?$/.exec(text);
  if (!found) {
    throw new ToolError("usage", `Cannot read --${name} "${text}": it is not a number of seconds`, {
      hint: `Write --${name}=30`,
    });
  }
  return Number(found[1]) * 1000;
}
