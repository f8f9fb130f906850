import { ToolError } from "../../error.ts";
import { writtenNames } from "./written_names.ts";

/** A rename on the command line, in its parts. */
export interface WrittenRename {
  readonly text: string;
  /** The kind of thing that it names, if given. */
  readonly kind?: RenameKind;
  /** The parts between the dots. */
  readonly from: readonly string[];
  readonly to: string;
  /** The parts before the new name, if given. */
  readonly place: readonly string[];
}

const kinds = ["table", "column", "value"] as const;

export type RenameKind = typeof kinds[number];

/**
 * Returns the parts of `old:new` or `kind:old:new`. A name that contains a dot, a colon or a quote is put
 * in double quotes, as in SQL.
 *
 * @throws {ToolError} `usage`
 */
export function splitRename(text: string): WrittenRename {
  const names = writtenNames(text)?.map((it) => it.map((part) => part.text));
  const [first = [], second = [], third] = names ?? [];
  const kind = kinds.find((it) => it === first[0] && first.length === 1);
  if (names?.length === 2) return { text, from: first, ...newName(second) };
  if (names?.length === 3 && third && kind) return { text, kind, from: second, ...newName(third) };
  throw new ToolError("usage", `Cannot read the rename "${text}": it must be old:new`, {
    hint: howToWriteRename,
  });
}

/** A hint. */
export const howToWriteRename =
  "Write old_table:new_table, users.mail:email, or mood.sad:unhappy for an enum value";

function newName(parts: readonly string[]): Pick<WrittenRename, "to" | "place"> {
  return { to: parts.at(-1) ?? "", place: parts.slice(0, -1) };
}
