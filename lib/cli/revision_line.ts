import type { RevisionView } from "../commands/views/revision_view.ts";

/** Returns a revision as one line of text: `ae1027a6acf (label) (head)`. */
export function revisionLine(view: RevisionView): string {
  const labels = view.branchLabels.length > 0 ? ` (${view.branchLabels.join(", ")})` : "";
  return `${view.revision}${labels}${headMark(view)}`;
}

export function headMark({ isHead, isEffectiveHead }: RevisionView): string {
  return isEffectiveHead ? " (effective head)" : isHead ? " (head)" : "";
}
