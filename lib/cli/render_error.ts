import { shownPath } from "../commands/views/revision_view.ts";
import { adviceIn, ToolError } from "../error.ts";
import { RunError } from "../migrate/run_error.ts";
import type { Event } from "../report/event.ts";
import { paint } from "../report/human_report.ts";
import { visible } from "../report/visible.ts";
import { property, thrownMessage } from "../script/code/thrown_message.ts";

/** Returns the text of `error` for stderr. */
export function renderError(
  error: ToolError,
  style: { readonly color: boolean; readonly cwd: string },
): string {
  const { file, line, column, detail } = error.facts;
  const hint = adviceIn(error.facts);
  const place = file === undefined
    ? undefined
    : `  at ${shownPath(file, style.cwd)}${
      line === undefined ? "" : `:${line}${column === undefined ? "" : `:${column}`}`
    }`;
  const lines = [
    `${paint(style.color, 31)("Error:")} ${error.message}`,
    error.message.includes(file ?? "\0") && line === undefined ? undefined : place,
    detail,
    error instanceof RunError ? committed(error) : undefined,
    hint === undefined ? undefined : `  Hint: ${hint}`,
  ];
  return visible(
    lines.filter((it) => it !== undefined && it !== "").map((it) => `${it}\n`).join(""),
  );
}

function committed({ committed: { steps, to }, facts: { stays } }: RunError): string {
  const where = to === null
    ? "whether that transaction was, too, is not known"
    : `the database is at ${to.length === 0 ? "base" : to.join(", ")}`;
  const done = steps.length === 0
    ? `No ${stays === undefined ? "" : "whole "}step was committed`
    : steps.length === 1
    ? "1 step was committed"
    : `${steps.length} steps were committed`;
  return `  ${done}${to === null ? " before" : ""}; ${where}`;
}

/** Returns `error` as a log event. */
export function failure(error: ToolError, cwd: string): Extract<Event, { kind: "failed" }> {
  const { revision = null, file, line = null } = error.facts;
  return {
    kind: "failed",
    message: error.message,
    code: error.code,
    hint: adviceIn(error.facts) ?? null,
    revision,
    file: file === undefined ? null : shownPath(file, cwd),
    line,
  };
}

/** Returns `error` as a ToolError; anything else is a bug of ours, and is reported as such. */
export function toToolError(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  const stack = property(error, "stack");
  return new ToolError("internal", `Unexpected failure: ${thrownMessage(error)}`, {
    hint: "This is a bug in migrate: please report it with the lines above",
    detail: typeof stack === "string" ? stack : undefined,
    cause: error,
  });
}
