import type { DialectName } from "../../dialect/dialect.ts";
import { sessionSettings } from "../../dialect/postgres/transactions/session_settings.ts";
import { sessionPragmas } from "../../dialect/sqlite/session_pragmas.ts";
import type { Plan, Segment, Step, Work } from "../../plan/plan.ts";
import { changeVersion, createVersionTable, type VersionTable } from "../../plan/version_table.ts";
import { describeMove } from "../../report/describe_move.ts";
import { openSection } from "../../script/open_section.ts";
import { scriptStatement } from "../../sql/script_statement.ts";
import type { Statement } from "../../sql/statement.ts";
import { enforcing, rebuildsTables } from "./foreign_key_script.ts";
import { guardScript } from "./guard_script.ts";
import { timeoutSettings } from "../lock/timeout_settings.ts";

/** How a plan is written as a script. */
export interface ScriptOptions {
  readonly dialect: DialectName;
  readonly versionTable: VersionTable;
  /** Whether each transaction begins by checking that the database is at the expected revisions. */
  readonly guarded: boolean;
  /** Whether SQLite enforces foreign keys in a run, and should in the script. */
  readonly foreignKeys: boolean;
}

/**
 * Yields `plan` as a script for `psql` or `sqlite3`, piece by piece, in Alembic's layout.
 *
 * @param plan Without deferred operations, as returned by `printable`.
 */
export async function* toSql(plan: Plan, options: ScriptOptions): AsyncGenerator<string> {
  const enforces = options.dialect === "sqlite" && options.foreignKeys;
  if (!enforces && plan.segments.some(rebuildsTables)) yield "PRAGMA foreign_keys = OFF;\n\n";
  for (const [index, segment] of plan.segments.entries()) {
    const isFirst = index === 0;
    const works = segment.steps.some((it) => it.work.length > 0);
    const { outside = [], before = [], after = [] } = enforces && works ? enforcing(segment) : {};
    for (const it of outside) yield* statement(it, options);
    if (segment.transactional) yield "BEGIN;\n\n";
    if (isFirst && plan.from.length === 0) yield* statement(versionTable(options), options);
    if (options.guarded) yield* guard(segment, options);
    for (const it of before) yield* statement(it, options);
    for (const step of segment.steps) yield* stepSql(step, segment, options);
    for (const it of after) yield* statement(it, options);
    if (segment.transactional) yield "COMMIT;\n\n";
  }
}

/** Yields the script that creates the version table if it is missing, and does nothing else. */
export function* versionTableSql(
  options: Pick<ScriptOptions, "dialect" | "versionTable">,
): Generator<string> {
  yield* statement(createVersionTable(options.versionTable), options);
}

/**
 * A database that already has the table is not at base, so creating it must fail, unless the script
 * itself checks that.
 */
function versionTable(
  { versionTable, guarded }: Omit<ScriptOptions, "foreignKeys">,
): Statement {
  const { sql } = createVersionTable(versionTable);
  return { sql: guarded ? sql : sql.replace("IF NOT EXISTS ", "") };
}

function* guard(segment: Segment, options: ScriptOptions): Generator<string> {
  const [first] = segment.steps;
  if (first === undefined) return;
  for (const it of guardScript(first.before, options)) yield* statement(it, options);
}

async function* stepSql(
  step: Step,
  { transactional }: Segment,
  options: ScriptOptions,
): AsyncGenerator<string> {
  const timeouts = options.dialect === "postgres" ? step.timeouts ?? {} : {};
  const scope = transactional ? "transaction" : "session";
  yield `-- Running ${describeMove(step.move).replaceAll("\n", " ")}\n\n`;
  for (const it of timeoutSettings(timeouts, scope)) yield* statement(it, options);
  const session = options.dialect === "postgres" ? sessionSettings : sessionPragmas;
  const undoing = new Set<string>();
  const note = (sql: string) => {
    undoing.delete(sql);
    for (const it of session.undo(sql)) if (it.sql !== sql) undoing.add(it.sql);
  };
  for (const work of step.work) yield* workSql(work, options, note);
  // As in a run: the version table must be found where it was, and the next revision inherits nothing.
  for (const sql of undoing) yield* statement({ sql }, options);
  for (const it of timeoutSettings({}, scope, timeouts)) yield* statement(it, options);
  for (const change of step.changes) {
    yield* statement(changeVersion(options.versionTable, change), options);
  }
}

/**
 * Yields the statements of `work`, each with its semicolon and an empty line.
 *
 * @param onStatement Called with the text of each but COPY.
 */
export async function* workSql(
  work: Work,
  options: Pick<ScriptOptions, "dialect">,
  onStatement: (sql: string) => void = () => {},
): AsyncGenerator<string> {
  switch (work.kind) {
    case "statement":
      onStatement(work.statement.sql);
      return yield* statement(work.statement, options);
    case "copy":
      return yield* copy(work.statement, work.data);
    case "section": {
      for (const piece of openSection(work.section)) {
        if (piece.kind === "statement") {
          onStatement(piece.sql);
          yield* statement(piece, options);
        } else if (piece.kind === "copy") yield `${piece.sql};\n`;
        else if (piece.kind === "data") yield piece.text;
        else yield "\\.\n\n";
      }
      return;
    }
    case "body":
      return yield `-- Runs code: ${work.operation.summary.replaceAll("\n", " ")}\n\n`;
    case "deferred":
      throw new TypeError("A deferred operation has no SQL before its turn comes");
  }
}

function* statement(
  it: Statement,
  { dialect }: Pick<ScriptOptions, "dialect">,
): Generator<string> {
  yield scriptStatement(it, dialect);
}

function* copy({ sql }: Statement, data: readonly string[]): Generator<string> {
  yield `${sql};\n`;
  yield* data;
  yield "\\.\n\n";
}
