import { ToolError } from "../error.ts";
import { didYouMean } from "../sql/closest.ts";

/** The names of all options that `Options` has: leaving one out does not compile. */
export type OptionNames<Options> = Readonly<Record<NamesOf<Options>, true>>;

type NamesOf<Options> = Options extends unknown ? keyof Options : never;

/**
 * Checks that `given` has no option but `known` ones: in JavaScript, and in TypeScript that nothing has
 * checked, a misspelt one would be lost without a word.
 *
 * @param of What the options are of: `the column "age"`, `op.dropTable`.
 * @throws {ToolError} `operation/invalid`
 */
export function checkOptions(
  of: string,
  given: unknown,
  known: Readonly<Record<string, true>>,
): void {
  if (given === undefined) return;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalid(of, "they are not an object", listed(known));
  }
  const strange = Object.keys(given).find((it) => !Object.hasOwn(known, it));
  if (strange === undefined) return;
  const names = Object.keys(known);
  throw invalid(of, `"${strange}" is none of them`, didYouMean(strange, names) || listed(known));
}

function listed(known: Readonly<Record<string, true>>): string {
  const names = Object.keys(known);
  return names.length === 0 ? "It has none" : `They are ${names.join(", ")}`;
}

function invalid(of: string, problem: string, hint: string): ToolError {
  return new ToolError("operation/invalid", `Cannot read the options of ${of}: ${problem}`, {
    hint,
  });
}
