import { inlineParameters } from "./inline_parameters.ts";
import type { Statement } from "./statement.ts";

/** Returns `statement` as a script has it: its values in it, with a semicolon and an empty line behind it. */
export function scriptStatement(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const text = inlineParameters(statement, dialect).trim();
  // A comment at the end would swallow the semicolon.
  return `${text}${/--[^\n]*$/.test(text) ? "\n" : ""};\n\n`;
}
