import { ToolError } from "../error.ts";
import { didYouMean } from "../sql/closest.ts";

/** A text with places for values: `${name}`. For these characters themselves, write `$${name}`. */
export interface Template {
  readonly text: string;
  /** Its file's name, for messages. */
  readonly name: string;
}

/**
 * Returns the template with `values` in their places. The further lines of a value are indented as its
 * first; a line whose values are all empty is left out.
 *
 * @throws {ToolError} `script/syntax`, with the line, for a place that no value is for.
 */
export function renderTemplate(
  { text, name }: Template,
  values: Readonly<Record<string, string>>,
): string {
  const lines = text.split("\n").flatMap((line, index) => {
    const rendered: string[] = [];
    const [indent = ""] = /^[ \t]*/.exec(line) ?? [];
    const result = line.replace(/(\$?)\$\{(\w+)\}/g, (place, escaped: string, key: string) => {
      if (escaped !== "") return place.slice(1);
      const value = values[key];
      if (value === undefined) {
        throw unknownPlace(key, Object.keys(values), { name, line: index + 1 });
      }
      rendered.push(value);
      return value.replace(/\n(?=[^\n])/g, `\n${indent}`);
    });
    return rendered.length > 0 && rendered.every((it) => it === "") ? [] : [result];
  });
  return lines.join("\n");
}

function unknownPlace(
  key: string,
  known: readonly string[],
  { name, line }: { readonly name: string; readonly line: number },
): ToolError {
  return new ToolError("script/syntax", `Cannot render "${name}": it has no value for \${${key}}`, {
    file: name,
    line,
    hint: didYouMean(key, known) ||
      `Write one of ${known.join(", ")}, or $\${${key}} for the text itself`,
  });
}
