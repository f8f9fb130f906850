import { describeProgress, type InterruptedView } from "../commands/views/interrupted_view.ts";
import type { DriftView, StatusResult } from "../commands/views/result.ts";
import type { RevisionView } from "../commands/views/revision_view.ts";
import { revisionLine } from "./revision_line.ts";

/**
 * Returns a database's status as text, one part for each question; further lines of a part are
 * indented.
 */
export function renderStatus(status: StatusResult): string {
  const { database, current, missing, pending, heads, drift, interrupted, holder } = status;
  const places = [...current.map(named), ...missing.map((it) => `${it} (not on disk)`)];
  return [
    ...part("Database", [database]),
    ...part("Current", places.length === 0 ? ["base"] : places),
    ...part("Heads", heads.length > 1 ? heads.map(named) : []),
    ...part("Pending", pending.length === 0 ? [nothingPending(missing)] : pending.map(told)),
    ...part("Changed", drift.map(driftLine)),
    ...part("Half done", interrupted.map(halfDone)),
    ...part("Running", holder === null ? [] : [holder]),
  ].map((it) => `${it}\n`).join("");
}

const width = "Half done: ".length;

/** Further lines of a part are only counted. */
const mostLines = 20;

function part(title: string, all: readonly string[]): readonly string[] {
  const more = all.length - mostLines;
  const lines = more > 0 ? [...all.slice(0, mostLines), `… and ${more} more`] : all;
  return lines.map((it, index) => `${(index === 0 ? `${title}:` : "").padEnd(width)}${it}`);
}

function nothingPending(missing: readonly string[]): string {
  return missing.length === 0
    ? "nothing"
    : "unknown: the database is at a revision that has no file";
}

function named(view: RevisionView): string {
  return `${revisionLine(view)}${said(view)}`;
}

function told(view: RevisionView): string {
  const below = view.downRevisions.length === 0 ? "<base>" : view.downRevisions.join(", ");
  return `${below} -> ${view.revision}${said(view)}`;
}

function said({ message }: RevisionView): string {
  return message === "" ? "" : `, ${message}`;
}

function halfDone(view: InterruptedView): string {
  return `${view.direction} of ${view.revision}: ${describeProgress(view)}`;
}

function driftLine({ revision, verdict, path, line, change }: DriftView): string {
  const place = line === null ? path : `${path}:${line}`;
  return verdict === "cosmetic"
    ? `${revision}, only in white space and comments (${path})`
    : `${revision}, ${change ?? "where is not known"} (${place})`;
}
