import type { OperationView } from "../autogenerate/operation_view.ts";
import { DifferenceError } from "../commands/comparison/difference_error.ts";
import type { Result, ScriptResult, VerifiedRevision } from "../commands/views/result.ts";
import { type RevisionView, shownPath } from "../commands/views/revision_view.ts";
import { adviceIn, type ToolError } from "../error.ts";
import { RunError } from "../migrate/run_error.ts";

/** Yields `result` as one JSON document, with the same keys for every command. */
export async function* renderJson(result: Result): AsyncGenerator<string> {
  yield document(
    result.kind === "script"
      ? { sql: (await Array.fromAsync(result.pieces)).join("") }
      : resultFacts(result),
  );
}

/** Returns `error` as one JSON document, including what a failed run had committed. */
export function renderJsonError(error: ToolError, cwd: string): string {
  const { revision, file, line } = error.facts;
  const hint = adviceIn(error.facts);
  const shown = file === undefined ? undefined : shownPath(file, cwd);
  const facts = { code: error.code, message: error.message, hint, revision, file: shown, line };
  const known = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, value ?? null]),
  );
  const committed = error instanceof RunError ? error.committed : {};
  const differing = error instanceof DifferenceError
    ? { operations: error.operations.map(operationFacts) }
    : {};
  return document({ error: known, ...committed, ...differing });
}

export function renderJsonVersion(version: string): string {
  return document({ version });
}

function document(facts: unknown): string {
  return `${JSON.stringify(facts, numbers, 2)}\n`;
}

/** A number that JSON readers may not represent exactly is written as a string. */
function numbers(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function resultFacts(result: Exclude<Result, ScriptResult>): unknown {
  switch (result.kind) {
    case "revisions": {
      const missing = (result.missing ?? []).map(missingRevision);
      const shown = result.layout.startsWith("branch")
        ? result.revisions.filter((it) => it.isBranchPoint)
        : result.revisions;
      const { interrupted } = result;
      return {
        revisions: [...missing, ...shown.map(revisionFacts)],
        ...(interrupted && { interrupted }),
      };
    }
    case "run": {
      const { dryRun, steps, from, to, durationMs } = result;
      return { dryRun, steps, from, to, durationMs };
    }
    case "written": {
      const { revisions, operations } = result;
      return {
        revisions: revisions.map(revisionFacts),
        ...(operations && { operations: operations.map(operationFacts) }),
      };
    }
    case "comparison": {
      const { operations, drift, sql } = result;
      return {
        operations: operations.map(operationFacts),
        drift: drift.map(operationFacts),
        ...(sql !== undefined && { sql }),
      };
    }
    case "verification":
      return { revisions: result.revisions.map(verifiedFacts) };
    case "schema":
      return { dialect: result.dialect, ...result.schema };
    case "status": {
      const { kind: _, current, missing, pending, heads, ...rest } = result;
      return {
        current: [...missing.map(missingRevision), ...current.map(revisionFacts)],
        pending: pending.map(revisionFacts),
        heads: heads.map(revisionFacts),
        ...rest,
      };
    }
    case "log":
      return { entries: result.entries };
    case "message":
      return result.json;
  }
}

function operationFacts({ operation, ...said }: OperationView): unknown {
  return { ...operation, ...said };
}

function verifiedFacts({ problems, reason, ...facts }: VerifiedRevision): unknown {
  return {
    ...facts,
    reason: reason ?? null,
    problems: problems.map(({ step, error, operations }) => ({
      step,
      error: error?.message ?? null,
      line: error?.facts.line ?? null,
      operations: operations.map(operationFacts),
    })),
  };
}

function missingRevision(revision: string): unknown {
  return { revision, path: null, missing: true };
}

function revisionFacts({ children: _, documentation: __, ...facts }: RevisionView): unknown {
  return facts;
}
