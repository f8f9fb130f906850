import type { RevisionId } from "./revision.ts";

/** The width of `version_num` in the version table. */
const longest = 32;

/** Returns what is wrong with `id` as the name of a revision, as a sentence; undefined if nothing is. */
export function identifierProblem(id: RevisionId): string | undefined {
  if (id === "") return "Cannot use an empty revision identifier";
  const illegal = [...new Set(id.match(/[@+:\-\s,]/g))];
  if (illegal.length > 0) {
    const characters = illegal.map((it) => `'${it}'`).join(", ");
    return `Character(s) ${characters} not allowed in revision identifier '${id}'`;
  }
  if (id.length <= longest) return undefined;
  return `Cannot use the revision identifier '${id}': it has ${id.length} characters, ${longest} is the most`;
}
