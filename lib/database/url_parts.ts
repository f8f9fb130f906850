import { ToolError } from "../error.ts";

/**
 * Returns the text before the first `?`, and the decoded parameters after it; if a name is repeated,
 * the last one counts.
 */
export function splitQuery(text: string): readonly [string, Readonly<Record<string, string>>] {
  const [before, pairs] = splitQueryPairs(text);
  return [before, Object.fromEntries(pairs)];
}

/** Says whether `text` is a number of seconds, as in `connect_timeout`. */
export function isSeconds(text: string): boolean {
  return /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(text);
}

/** Like {@linkcode splitQuery}, with every parameter in the order written. */
export function splitQueryPairs(
  text: string,
): readonly [string, readonly (readonly [string, string])[]] {
  const start = text.indexOf("?");
  if (start === -1) return [text, []];
  const pairs = text.slice(start + 1).split("&").filter((it) => it !== "").map((it) => {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(it) ?? [];
    return [decodePercent(name), decodePercent(value)] as const;
  });
  return [text.slice(0, start), pairs];
}

/**
 * Returns `text` with escapes like `%20` decoded. As in SQLAlchemy, a `%` without two hexadecimal
 * digits after it stays: passwords are pasted unescaped.
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      throw new ToolError(
        "config/url",
        "Cannot read the database URL: its %-encoding is not UTF-8",
        {
          hint: "Write a percent sign as %25",
        },
      );
    }
  });
}
