import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectName } from "../../lib/dialect/dialect.ts";

/** A schema, what it becomes, and what that takes. */
export interface Case {
  readonly name: string;
  /** The kinds of the operations from `before` to `after`, in order. */
  readonly operations: readonly string[];
  readonly before: string;
  readonly after: string;
  /** It makes what a whole database has once, and needs one of its own. */
  readonly alone: boolean;
  /** What differs makes no difference. */
  readonly same: boolean;
  /** `pg_dump` tells which columns were there before their table inherited them; nothing can change that. */
  readonly local: boolean;
  /** The first version of PostgreSQL that knows what it uses. */
  readonly since: number;
}

/**
 * Returns the cases of `dialect`: `--- name [flags]: operations`, the statements before, `--- becomes`,
 * and the statements that make what is there afterwards from nothing. The flags are `alone`, `same`,
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
