import type { Context } from "../config/context.ts";
import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";
import { humanReport } from "../report/human_report.ts";
import { progressReport } from "../report/progress_report.ts";
import type { Output } from "./terminal.ts";
import type { Input } from "./verb.ts";

/** Returns whether a JSON log is wanted, even if the rest of the command line is not understood. */
export function asksForJsonLog(argv: readonly string[]): boolean {
  return argv.some((it, index) =>
    it === "--log-format=json" || it === "json" && argv[index - 1] === "--log-format"
  );
}

/** Returns a report that writes one JSON object per line. */
export async function jsonLog(stderr: Output, { now }: Context): Promise<Report> {
  const { jsonReport } = await import("../report/json_report.ts");
  return jsonReport((text) => stderr.write(text), now);
}

/**
 * Returns the report that `input` asks for: `json`, or else lines, with progress below them on a
 * terminal.
 */
export function chooseReport(
  input: Input,
  json: Report,
  { context, stderr, style }: {
    readonly context: Context;
    readonly stderr: Output;
    readonly style: { readonly color: boolean };
  },
): Report {
  const format = input.value("log-format") ?? "text";
  if (format !== "text" && format !== "json") {
    throw new ToolError("usage", `Cannot write a log as "${format}"`, {
      hint: "Write --log-format text or --log-format json",
    });
  }
  if (format === "json") return input.flag("quiet") ? onlyFailures(json) : json;
  if (input.flag("quiet")) return () => {};
  const write = (text: string) => stderr.write(text);
  const choose = () =>
    !stderr.isTerminal || context.env["TERM"] === "dumb"
      ? humanReport(write, style)
      : progressReport({
        write,
        // Asked each time: the window may have been resized.
        get columns() {
          return stderr.columns ?? 80;
        },
      }, (it) => humanReport(it, style));
  // Chosen at the first event: asking about a terminal takes time.
  let chosen: Report | undefined;
  return (event) => (chosen ??= choose())(event);
}

function onlyFailures(report: Report): Report {
  return (event) => {
    if (event.kind === "failed") report(event);
  };
}
