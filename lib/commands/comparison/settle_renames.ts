import { formatRename } from "../../autogenerate/renames/format_rename.ts";
import {
  apparentMoves,
  proposeRenames,
  type RenameProposal,
} from "../../autogenerate/renames/propose_renames.ts";
import { howToMove } from "../../autogenerate/renames/refuse_move.ts";
import type { Rename } from "../../autogenerate/renames/rename.ts";
import type { Context } from "../../config/context.ts";
import type { Report } from "../../report/event.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * Returns what of `a` was renamed in `b`: the given renames, and those that the user confirms. If
 * there is nobody to ask, a warning says what will be lost.
 */
export async function settleRenames(
  a: Schema,
  b: Schema,
  { given, confirm, defaultSchema, report }: {
    readonly given: readonly Rename[];
    readonly confirm: Context["confirm"];
    readonly defaultSchema: string;
    readonly report: Report;
  },
): Promise<readonly Rename[]> {
  const accepted: RenameProposal[] = [];
  for (const proposal of proposeRenames(a, b, given)) {
    const { rename, within } = proposal;
    if (within && !accepted.includes(within)) continue;
    const answer = await confirm?.(question(rename));
    if (answer) accepted.push(proposal);
    if (answer === undefined) {
      report({
        kind: "warned",
        message: loss(rename),
        hint: `If it was renamed, add --rename ${quoted(formatRename(rename))}`,
      });
    }
  }
  const renames = [...given, ...accepted.map((it) => it.rename)];
  for (const { from, to } of apparentMoves(a, b, renames)) {
    const [old, now] = [showName(from), showName(to)];
    report({
      kind: "warned",
      message: `Table '${old}' is dropped, and '${now}' is new: its rows would be lost`,
      hint: howToMove(from, to, defaultSchema),
    });
  }
  return renames;
}

function question(rename: Rename): string {
  const { what, from, to } = words(rename);
  return `Is ${what} ${to} the renamed ${from}?`;
}

function loss(rename: Rename): string {
  const { what, from, to, lost } = words(rename);
  const What = what.charAt(0).toUpperCase() + what.slice(1);
  return `${What} ${from} is dropped, and ${to} is new: ${lost}`;
}

function words(rename: Rename): Readonly<Record<"what" | "from" | "to" | "lost", string>> {
  switch (rename.kind) {
    case "table": {
      const named = (name: string) => `'${showName({ ...rename, name })}'`;
      return {
        what: "table",
        from: named(rename.from),
        to: named(rename.to),
        lost: "its rows would be lost",
      };
    }
    case "column": {
      const named = (name: string) => `'${showName(rename.table)}.${name}'`;
      return {
        what: "column",
        from: named(rename.from),
        to: named(rename.to),
        lost: "its values would be lost",
      };
    }
    case "enumValue": {
      const named = (name: string) => `'${name}' of enum '${showName(rename.enum)}'`;
      return {
        what: "value",
        from: named(rename.from),
        to: named(rename.to),
        lost: "no row could have the old one",
      };
    }
  }
}

/** Quoted for a shell. */
function quoted(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
