import type { RevisionId } from "./revision.ts";

/** The width of `version_num` in the version table. */
const longest = 32;

/** Names with a meaning of their own in targets. */
const reserved: ReadonlySet<string> = new Set(["head", "heads", "base", "current"]);

/** Characters with a meaning in targets, headers and file names. */
const illegal = /[-+@:,\s'"`/\\]/g;

/**
 * Returns what is wrong with `id` as a revision identifier, as a sentence; undefined if it is valid.
 */
export function identifierProblem(id: RevisionId): string | undefined {
  const characters = illegalIn(id);
  if (characters !== undefined) {
    return `Character(s) ${characters} not allowed in revision identifier '${id}'`;
  }
  if (id === "") return "Cannot use an empty string as a revision identifier";
  if (reserved.has(id)) {
    return `Cannot use '${id}' as a revision identifier: it means something else`;
  }
  if (id.length <= longest) return undefined;
  return `Cannot use '${id}' as a revision identifier: it has ${id.length} characters, and the limit is ${longest}`;
}

/** Returns what is wrong with `label` as a branch label, as a sentence; undefined if it is valid. */
export function labelProblem(label: string): string | undefined {
  // A label may contain a hyphen, but not before final digits: "it-1" would mean the revision below
  // "it".
  const characters = illegalIn(label.replaceAll(/-(?!\d+$)/g, ""));
  if (characters !== undefined) {
    return `Character(s) ${characters} not allowed in branch label '${label}'`;
  }
  if (label === "") return "Cannot use an empty string as a branch label";
  if (!reserved.has(label)) return undefined;
  return `Cannot use '${label}' as a branch label: it means something else`;
}

function illegalIn(name: string): string | undefined {
  if (/^\w*$/.test(name)) return undefined;
  const found = new Set(name.match(illegal));
  return found.size === 0 ? undefined : [...found].map((it) => `'${it}'`).join(", ");
}
