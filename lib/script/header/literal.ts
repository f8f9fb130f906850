import { blockComment, skipGap } from "./skip.ts";

/** A value that can be read without running any code. */
export type Literal = string | boolean | null | readonly string[];

/**
 * Returns the literal assigned to the constant whose name ends at `offset`, and the offset after
 * its statement, or that of the comma before another constant; `undefined` if the value is not a
 * literal. A type annotation, `as` and `satisfies` are skipped.
 */
export function readLiteral(
  source: string,
  offset: number,
): { readonly value: Literal; readonly end: number } | undefined {
  assignment.lastIndex = offset;
  const text = assignment.exec(source)?.[1];
  if (text === undefined) return undefined;
  tail.lastIndex = assignment.lastIndex;
  if (!tail.test(source)) return undefined;
  const end = tail.lastIndex;
  const continued = source[end - 1] !== ";" &&
    operators.includes(source.charAt(skipGap(source, end)));
  return continued ? undefined : { value: literalValue(text), end };
}

/** White space and comments. */
export const gap = String.raw`(?:\s|\/\/[^\n]*(?![^\n])|${blockComment})*`;
const string = String.raw`(?:"[^"\\\n]*"|'[^'\\\n]*'|` + "`(?:[^`\\\\$]|\\$(?!\\{))*`)";
const list = String.raw`\[${gap}(?:${string}${gap}(?:,${gap}|(?=\])))*\]`;
const assignment = new RegExp(
  String.raw`${gap}(?::[^=;]*)?=(?!>)${gap}(${string}|null\b|true\b|false\b|${list})`,
  "y",
);
const tail = /[ \t]*(?:(?:as|satisfies)\b[^;\n=]*)?(?:;|(?=[,\r\n]|\/[/*]|$))/y;
/** What can continue an expression on the next line. */
const operators = ["+", "-", "*", "/", "%", ".", "?", "&", "|", "=", "<", ">", "(", "[", "`"];

function literalValue(text: string): Literal {
  switch (text) {
    case "null":
      return null;
    case "true":
    case "false":
      return text === "true";
    default:
      return text.startsWith("[") ? texts(text) : text.slice(1, -1);
  }
}

/** Returns the strings in `literal`: a string, a list of strings, or `null`. */
export function texts(literal: string): readonly string[] {
  if (literal === "" || literal === "null" || literal === "[]") return [];
  if (!literal.startsWith("[")) return [literal.slice(1, -1)];
  return [...literal.matchAll(item)].flatMap(([, found]) => found?.slice(1, -1) ?? []);
}

const item = new RegExp(String.raw`\/\/[^\n]*|\/\*[^]*?\*\/|(${string})`, "g");
