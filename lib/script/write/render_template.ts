import { ToolError } from "../../error.ts";
import { didYouMean } from "../../sql/closest.ts";

/** A text with placeholders: `${name}`. For these characters themselves, write `$${name}`. */
export interface Template {
  readonly text: string;
  /** The name of its file, for messages. */
  readonly name: string;
}

/**
 * The value of a placeholder: a text, or lines. In a line that contains line breaks, what follows
 * them is not indented.
 */
export type TemplateValue = string | readonly string[];

/**
 * Returns the template with its placeholders replaced by `values`. The further lines of a value are
 * indented like the first; a line whose values are all empty is left out.
 *
 * @throws {ToolError} `script/syntax`, with the line, for a placeholder without a value.
 */
export function renderTemplate(
  { text, name }: Template,
  values: Readonly<Record<string, TemplateValue>>,
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
      const lines = typeof value === "string" ? value.split("\n") : value;
      const shown = lines.map((it, at) => at === 0 || it === "" ? it : indent + it).join("\n");
      rendered.push(shown);
      return shown;
    });
    return rendered.length > 0 && rendered.every((it) => it === "") ? [] : [result];
  });
  return lines.join("\n");
}

/** Returns whether `template` has a placeholder named `key`. */
export function hasPlace({ text }: Template, key: string): boolean {
  return new RegExp(`(?<!\\$)\\$\\{${key}\\}`).test(text);
}

function unknownPlace(
  key: string,
  known: readonly string[],
  { name, line }: { readonly name: string; readonly line: number },
): ToolError {
  return new ToolError("script/syntax", `Cannot render "${name}": unknown placeholder \${${key}}`, {
    file: name,
    line,
    hint: didYouMean(key, known) ||
      `Write one of ${known.join(", ")}, or $\${${key}} for the text itself`,
  });
}
