import { ToolError } from "../error.ts";
import { didYouMean } from "../sql/closest.ts";
import { keyLine } from "./key_line.ts";
import type { TomlReader } from "./toml_reader.ts";

/** A configuration file, for messages. */
export interface TomlSource {
  readonly path: string;
  readonly text: string;
}

/**
 * One table of a configuration file, read key by key. A key that was never read is a mistake of the
 * user's, which `finish` reports.
 */
export class TomlTable {
  readonly #source: TomlSource;
  /** The keys that lead to it from the top of the file. */
  readonly #at: readonly string[];
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #known = new Set<string>();

  constructor(value: unknown, source: TomlSource, at: readonly string[] = []) {
    this.#source = source;
    this.#at = at;
    this.#values = new Map(isTable(value) ? Object.entries(value) : []);
  }

  /** The keys present, in the order written. */
  get keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  /**
   * Returns the value of `key`; `undefined` if it is absent.
   *
   * @throws {ToolError} `config/invalid`, with the line, if `reader` rejects the value.
   */
  read<Value>(key: string, reader: TomlReader<Value>): Value | undefined {
    this.#known.add(key);
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    const found = reader.parse(value);
    if (found !== undefined) return found;
    throw this.error(
      key,
      `${key} is not ${reader.expected}`,
      `Write ${key} = …, ${reader.expected}`,
    );
  }

  /** Returns the table at `key`; an empty one if it is absent. */
  table(key: string): TomlTable {
    const value = this.read(key, {
      expected: "a table",
      parse: (it) => isTable(it) ? it : undefined,
    });
    return new TomlTable(value, this.#source, [...this.#at, key]);
  }

  /** Returns the tables at `[[key]]`, in the order written. */
  tables(key: string): readonly TomlTable[] {
    const values = this.read(key, {
      expected: "a list of tables",
      parse: (it) => Array.isArray(it) && it.every(isTable) ? it : undefined,
    });
    return (values ?? []).map((it) => new TomlTable(it, this.#source, [...this.#at, key]));
  }

  /** @throws {ToolError} `config/invalid`, with the line, if there is a key that was never read. */
  finish(): void {
    const unknown = this.keys.find((it) => !this.#known.has(it));
    if (unknown === undefined) return;
    const known = [...this.#known];
    const alembics = renamed[unknown];
    const hint = alembics !== undefined && this.#known.has(alembics)
      ? `Write ${alembics}`
      : didYouMean(unknown, known) || `The keys are ${known.join(", ")}`;
    throw this.error(unknown, `unknown key "${unknown}"`, hint);
  }

  /** Returns the error for the value of `key`. */
  error(key: string, found: string, hint: string): ToolError {
    const { path, text } = this.#source;
    const where = this.#at.length === 0 ? "" : ` in [${this.#at.join(".")}]`;
    return new ToolError("config/invalid", `Cannot use the configuration: ${found}${where}`, {
      file: path,
      line: keyLine(text, [...this.#at, key]),
      hint,
    });
  }
}

/** The keys that Alembic's own files use, with ours. */
const renamed: Readonly<Record<string, string>> = {
  sqlalchemy: "database_url",
  url: "database_url",
};

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Date);
}
