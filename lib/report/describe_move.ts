import type { Move } from "../revision/route.ts";

/**
 * Returns the line that announces a move, in the words that Alembic's users grep for:
 * `upgrade 1975ea83b712 -> ae1027a6acf, create users`. Base is the empty text.
 */
export function describeMove(move: Move): string {
  if (move.direction === "stamp") {
    return `stamp_revision ${move.from.join(", ")} -> ${move.to.join(", ")}`;
  }
  const { id, downRevisions, message } = move.revision;
  const below = downRevisions.join(", ");
  const line = move.direction === "upgrade"
    ? `upgrade ${below} -> ${id}`
    : `downgrade ${id} -> ${below}`;
  return message === "" ? line : `${line}, ${message}`;
}
