import type { LogEntry, LogResult } from "../commands/views/result.ts";
import { describeDuration } from "../sql/timeouts.ts";

/** Returns a history as text: a line for each row, and below it the error or the reason. */
export function renderLog({ entries }: LogResult): string {
  if (entries.length === 0) return "";
  const rows = entries.map(cells);
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((it) => it[column]?.length ?? 0))
  );
  const line = (row: readonly string[]) =>
    `${row.map((it, column) => it.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`;
  return line(titles) +
    entries.map((entry, index) =>
      line(rows[index] ?? []) + notes(entry).map((it) => `    ${it}\n`).join("")
    ).join("");
}

const titles = ["started (UTC)", "what", "revision", "outcome", "took", "by", "version"];

function cells(entry: LogEntry): readonly string[] {
  const { started, direction, revision, outcome, durationMs, toolVersion } = entry;
  return [
    started.slice(0, 19).replace("T", " "),
    direction,
    revision,
    outcome,
    direction === "accept" ? "" : describeDuration(durationMs),
    person(entry),
    toolVersion,
  ];
}

function person({ osUser, databaseUser, host }: LogEntry): string {
  const as = databaseUser === null || databaseUser === osUser ? "" : ` as ${databaseUser}`;
  return `${osUser}@${host}${as}`;
}

function notes(entry: LogEntry): readonly string[] {
  const { outcome, statementsDone, statements, error, reason, backup } = entry;
  const isPart = outcome !== "done" && statementsDone > 0;
  return [
    ...error?.split("\n") ?? [],
    ...isPart ? [`${statementsDone} of ${statements} statements were done`] : [],
    ...reason === null ? [] : [`Reason: ${reason}`],
    ...backup === null ? [] : [`Backup: ${backup}`],
  ];
}
