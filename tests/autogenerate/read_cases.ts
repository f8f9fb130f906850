import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectName } from "../../lib/dialect/dialect.ts";

/** A schema, what it becomes, and the operations that this takes. */
export interface Case {
  readonly name: string;
  /** The kinds of the operations from `before` to `after`, in order. */
  readonly operations: readonly string[];
  readonly before: string;
  readonly after: string;
  /** It creates something that exists once per database, and needs a database of its own. */
  readonly alone: boolean;
  /** The schemas differ, but not in a way that needs an operation. */
  readonly same: boolean;
  /** `pg_dump` shows which columns a table had before it inherited them, which nothing can change. */
  readonly local: boolean;
  /** The first version of PostgreSQL that knows what it uses. */
  readonly since: number;
}

/**
 * Returns the cases of `dialect`: `--- name [flags]: operations`, the statements before, `--- becomes`,
 * and the statements that create the schema afterwards from nothing. The flags are `alone`, `same`,
 * `local` and `since VERSION`.
 */
export function readCases(dialect: DialectName): readonly Case[] {
  const folder = join(import.meta.dirname, "cases", dialect);
  return readdirSync(folder).sort().flatMap((file) =>
    readFileSync(join(folder, file), "utf8").split(/^(?=--- (?!becomes))/m)
      .filter((it) => it.startsWith("--- ")).map((it) => readCase(file.replace(".sql", ""), it))
  );
}

function readCase(area: string, text: string): Case {
  const found = /^--- (.+?)(?: \[(.+?)\])?:([\w ]*)\n(.*)^--- becomes\n(.*)$/ms.exec(text);
  if (found === null) throw new Error(`${area}: not a case:\n${text}`);
  const [, name, flags = "", operations = "", before = "", after = ""] = found;
  return {
    name: `${area}: ${name}`,
    operations: operations.split(" ").filter((it) => it !== ""),
    before,
    after,
    alone: flags.includes("alone"),
    same: flags.includes("same"),
    local: flags.includes("local"),
    since: Number(/since (\d+)/.exec(flags)?.[1] ?? 0),
  };
}
