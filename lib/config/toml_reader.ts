import { parseDuration, parseTimeout, timeoutExpected } from "../sql/timeouts.ts";

/** How a value in a configuration file is read. */
export interface TomlReader<Value> {
  /** What is expected, for messages: `true or false`. */
  readonly expected: string;
  /** Returns `undefined` for anything else. */
  readonly parse: (value: unknown) => Value | undefined;
}

export const anyText: TomlReader<string> = {
  expected: "a string",
  parse: (value) => typeof value === "string" ? value : undefined,
};

export const someText: TomlReader<string> = {
  expected: "a string that is not empty",
  parse: (value) => value === "" ? undefined : anyText.parse(value),
};

/** A single string is as good as a list of one. */
export const texts: TomlReader<readonly string[]> = {
  expected: "a string or a list of strings, none of them empty",
  parse: (value) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const found = list.flatMap((it) => someText.parse(it) ?? []);
    return found.length === list.length ? found : undefined;
  },
};

export const someTexts: TomlReader<readonly string[]> = {
  expected: "a list of strings that is not empty",
  parse: (value) => {
    const found = texts.parse(value);
    return found?.length === 0 ? undefined : found;
  },
};

export const flag: TomlReader<boolean> = {
  expected: "true or false",
  parse: (value) => typeof value === "boolean" ? value : undefined,
};

export const flagOrText: TomlReader<boolean | string> = {
  expected: "true, false or a string that is not empty",
  parse: (value) => flag.parse(value) ?? someText.parse(value),
};

export const count: TomlReader<number> = {
  expected: "a whole number",
  parse: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined,
};

/** In milliseconds; a number without a unit is in seconds. */
export const duration: TomlReader<number> = {
  expected: `a number of seconds, or a string such as "60s" or "5m"`,
  parse: (value) => {
    const text = String(value);
    return parseDuration(/\d$/.test(text) ? `${text}s` : text);
  },
};

/** In milliseconds, written as PostgreSQL takes it: with a unit. */
export const timeout: TomlReader<number> = {
  expected: timeoutExpected,
  parse: (value) => parseTimeout(String(value)),
};

/** One of `words`. */
export function oneOf<Word extends string>(...words: readonly Word[]): TomlReader<Word> {
  return {
    expected: words.map((it) => `"${it}"`).join(" or "),
    parse: (value) => words.find((it) => it === value),
  };
}
