import { ToolError } from "../error.ts";
import { didYouMean } from "../sql/closest.ts";
import type { OptionValue } from "./option_values.ts";

/** The known options by name, with the check of each value; true if the value is checked elsewhere. */
export type KnownOptions = Readonly<Record<string, true | OptionValue>>;

/** All options that `Options` has: omitting one does not compile. */
export type OptionNames<Options> = Readonly<Record<NamesOf<Options>, true | OptionValue>>;

type NamesOf<Options> = Options extends unknown ? keyof Options : never;

/**
 * Checks that `given` has only `known` options, with valid values: in JavaScript, and in TypeScript
 * that is run unchecked, a misspelt option would be silently ignored.
 *
 * @param of What the options belong to: `the column "age"`, `op.dropTable`.
 * @throws {ToolError} `operation/invalid`
 */
export function checkOptions(
  of: string,
  given: unknown,
  known: KnownOptions,
): void {
  checkIsOptions(of, given, listed(known));
  if (given === undefined) return;
  const strange = Object.keys(given).find((it) => !Object.hasOwn(known, it));
  if (strange !== undefined) {
    const hint = didYouMean(strange, Object.keys(known)) || listed(known);
    throw invalid(of, `"${strange}" is not one of them`, hint);
  }
  for (const [name, value] of Object.entries(given)) {
    const wanted = known[name];
    const problem = value === undefined || typeof wanted !== "function" ? undefined : wanted(value);
    if (problem !== undefined) throw invalid(of, `${name} is ${problem}`);
  }
}

/**
 * Checks that `given` can be options at all: what is destructured from anything else is just absent.
 *
 * @throws {ToolError} `operation/invalid`
 */
export function checkIsOptions(
  of: string,
  given: unknown,
  hint: string,
): asserts given is object | undefined {
  if (given === undefined) return;
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return;
  throw invalid(of, "they are not an object", hint);
}

function listed(known: KnownOptions): string {
  const names = Object.keys(known);
  return names.length === 0 ? "It has none" : `They are ${names.join(", ")}`;
}

function invalid(of: string, problem: string, hint?: string): ToolError {
  const message = `Cannot read the options of ${of}: ${problem}`;
  return new ToolError("operation/invalid", message, hint === undefined ? {} : { hint });
}
