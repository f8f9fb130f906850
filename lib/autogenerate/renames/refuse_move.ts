import { ToolError } from "../../error.ts";
import { find } from "../../schema/lookup.ts";
import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import type { WrittenRename } from "./split_rename.ts";
import { writeName } from "./written_names.ts";

/** @throws {ToolError} `usage` if the new name is elsewhere than the old one: a rename moves nothing. */
export function refuseMove(
  { text, kind = "table", from, to, place }: WrittenRename,
  { a, b, defaultSchema }: {
    readonly a: Schema;
    readonly b: Schema;
    readonly defaultSchema: string | undefined;
  },
): void {
  const problem = (hint: string) =>
    new ToolError(
      "usage",
      `Cannot use the rename "${text}": a rename cannot move anything elsewhere`,
      { hint },
    );
  const at = (parts: readonly string[]): QualifiedName | undefined => {
    const [schema, name, ...more] = parts.length === 1 ? [undefined, ...parts] : parts;
    if (name === undefined || more.length > 0) return undefined;
    return schema === undefined || schema === defaultSchema ? { name } : { schema, name };
  };
  const [old, now] = [at(from), at([...place, to])];
  const isTable = kind === "table" && old && now && find(a, old) && find(b, now);
  const home = from.slice(0, -1);
  if (isTable && old.schema !== now.schema && (place.length > 0 || old.name === now.name)) {
    throw problem(howToMove(old, now, defaultSchema));
  }
  if (place.length === 0 || writeName(place) === writeName(home)) return;
  throw problem(
    to === from.at(-1) ? "Leave this rename out" : `Write ${writeName(from)}:${writeName([to])}`,
  );
}

/** A hint: how a table gets into the schema of `to` with its rows. */
export function howToMove(
  from: QualifiedName,
  { schema }: QualifiedName,
  defaultSchema: string | undefined,
): string {
  const target = schema ?? defaultSchema;
  const shown = target === undefined ? "…" : quoteIdentifier(target);
  const sql = `ALTER TABLE ${quoteName(from)} SET SCHEMA ${shown}`;
  const code = sql.includes('"') ? `'${sql}'` : `"${sql}"`;
  return `If it was moved, do that in a revision of its own, with op.execute(${code}), and upgrade to it first`;
}
