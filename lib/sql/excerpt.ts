/**
 * Returns the lines of `sql` around `position` (in characters, from 1) with a caret under it; without a
 * position, the first lines.
 */
export function excerpt(sql: string, position: number | undefined): string {
  if (position === undefined) {
    const lines = sql.replace(/^\s*\n/, "").trimEnd().split("\n");
    const more = lines.length > shownLines ? ["…"] : [];
    return [...lines.slice(0, shownLines).map((it) => clip(it, 0)), ...more].map((it) => `  ${it}`)
      .join("\n");
  }
  const before = sql.slice(0, position - 1).split("\n");
  const at = before.length - 1;
  const column = before[at]?.length ?? 0;
  const from = column > shownWidth - 20 ? column - 40 : 0;
  const shown = sql.split("\n").slice(Math.max(0, at - 2), at + 1).map((it, index, all) =>
    clip(it, index === all.length - 1 ? from : 0)
  );
  const indent = column - from + (from > 0 ? 1 : 0);
  return [...shown, `${" ".repeat(indent)}^`].map((it) => `  ${it}`).join("\n");
}

const shownLines = 4;
const shownWidth = 120;

function clip(line: string, from: number): string {
  const text = (from > 0 ? "…" : "") + line.slice(from).replaceAll("\t", " ").replaceAll("\r", "");
  return text.length > shownWidth ? `${text.slice(0, shownWidth - 1)}…` : text;
}
