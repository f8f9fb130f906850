import { openEnvironment } from "../commands/environment.ts";
import type { Result, StatusResult } from "../commands/views/result.ts";
import type { Context } from "../config/context.ts";
import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";
import { asksForJsonLog, chooseReport, jsonLog } from "./choose_report.ts";
import { type ExitCode, exitCodes } from "./exit_codes.ts";
import { type CommandLine, parseCommandLine } from "./parse_command_line.ts";
import { failure, renderError, toToolError } from "./render_error.ts";
import { withoutSecrets } from "./without_secrets.ts";
import { renderJson, renderJsonError, renderJsonVersion } from "./render_json.ts";
import { renderText } from "./render_text.ts";
import { seconds } from "./seconds.ts";
import type { Output, Terminal } from "./terminal.ts";
import type { Input } from "./verb.ts";
import { verbs } from "./verbs.ts";

/** Runs the command that `argv` names, and returns the exit code. Never throws. */
export async function main(
  argv: readonly string[],
  context: Context,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  const asked = new Set(argv);
  const style = {
    cwd: context.cwd,
    // Evaluated only when something is written in colour; most commands never do.
    get color() {
      return colorful(context, terminal.stderr, asked.has("--no-color"));
    },
  };
  const isJsonLog = asksForJsonLog(argv);
  let report: Report = isJsonLog ? await jsonLog(terminal.stderr, context) : () => {};
  try {
    const line = parseCommandLine(argv, verbs);
    if (line.kind !== "verb") {
      terminal.stdout.write(await textOf(line, version, asked.has("--json")));
      return 0;
    }
    const { verb, input } = line;
    report = chooseReport(input, report, { context, stderr: terminal.stderr, style });
    const environment = () => openEnvironment(context, { ...environmentOptions(input), report });
    const result = await verb.run(input, { context, report, environment });
    try {
      for await (const text of input.flag("json") ? renderJson(result) : renderText(result)) {
        terminal.stdout.write(text);
      }
    } catch (error) {
      throw unwritten(error, result);
    }
    return pending(result, (message) => {
      if (isJsonLog) report({ kind: "noted", message });
      else terminal.stderr.write(`${message}\n`);
    });
  } catch (thrown) {
    const error = withoutSecrets(withinInterrupt(toToolError(thrown), context.signal));
    report(failure(error, context.cwd));
    // If a result cannot be written, neither can an error.
    const isJson = asked.has("--json") && error.code !== "output/failed" &&
      isWritten(renderJsonError(error, context.cwd), terminal.stdout);
    if (!isJson && !isJsonLog) terminal.stderr.write(renderError(error, style));
    return exitCodes[error.code];
  }
}

/** The hint to repeat the command would be wrong for one that has changed something. */
function unwritten(thrown: unknown, result: Result): unknown {
  if (!(thrown instanceof ToolError) || thrown.code !== "output/failed") return thrown;
  const changes = (result.kind === "message" && result.changes) ||
    (result.kind === "written" && result.revisions.length > 0) ||
    (result.kind === "run" && !result.dryRun && result.steps.length > 0);
  if (!changes) return thrown;
  const where = result.kind === "run"
    ? `: the database is at ${result.to.join(", ") || "base"}`
    : "";
  return new ToolError(
    "output/failed",
    `${thrown.message}; but the command itself is done${where}`,
    {
      hint: "Do not repeat it; look at the result with migrate current, log or history",
      cause: thrown,
    },
  );
}

/** Writes `text`, and returns whether that succeeded. */
function isWritten(text: string, output: Pick<Output, "write">): boolean {
  try {
    output.write(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A failure caused by the user's interrupt is reported as nothing more, unless the error already
 * says where the database stands.
 */
function withinInterrupt(error: ToolError, signal: AbortSignal | undefined): ToolError {
  const isUsers = signal?.aborted && !(signal.reason instanceof ToolError);
  if (!isUsers || ["interrupted", "database/in_doubt"].includes(error.code)) return error;
  return new ToolError("interrupted", "Interrupted", { cause: error });
}

async function textOf(
  line: Exclude<CommandLine, { kind: "verb" }>,
  version: string,
  isJson: boolean,
): Promise<string> {
  if (line.kind === "version") return isJson ? renderJsonVersion(version) : `migrate ${version}\n`;
  return (await import("./render_help.ts")).renderHelp(line.verb, verbs);
}

/** Returns the exit code for what `current --check-heads` and the like were asked to report. */
function pending(result: Result, tell: (message: string) => void): ExitCode {
  if (result.kind === "comparison") return result.pending ? 3 : 0;
  if (result.kind === "verification") {
    return result.revisions.some((it) => it.outcome === "failed") ? 3 : 0;
  }
  if (result.kind === "status") return needsAttention(result) ? 3 : 0;
  if (result.kind !== "revisions" || result.pending === undefined) return 0;
  tell(result.pending);
  return 3;
}

function needsAttention({ pending, missing, drift, interrupted }: StatusResult): boolean {
  return pending.length > 0 || missing.length > 0 || interrupted.length > 0 ||
    drift.some((it) => it.verdict === "semantic");
}

/** https://no-color.org: any value but the empty string disables colours. */
function colorful({ env }: Context, output: Output, refused: boolean): boolean {
  return !refused && !env["NO_COLOR"] && env["TERM"] !== "dumb" && output.isTerminal;
}

function environmentOptions(input: Input): Parameters<typeof openEnvironment>[1] {
  const config = input.value("config");
  const name = input.value("name");
  const databaseUrl = input.value("database-url");
  const envFiles = input.values("env-file");
  const wait = seconds(input, "wait");
  return {
    ...(config !== undefined && { config }),
    ...(name !== undefined && { name }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(envFiles.length > 0 && { envFiles }),
    ...(wait !== undefined && { waitMilliseconds: wait }),
    x: Object.fromEntries(input.values("x").map(pair)),
  };
}

function pair(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new ToolError("usage", `Cannot read -x "${text}": it is not KEY=VALUE`, {
    hint: "Write -x tenant=blue",
  });
}
