import { pathToFileURL } from "node:url";
import { ToolError } from "../../error.ts";
import type { Revision } from "../../revision/revision.ts";
import { property, thrownMessage } from "./thrown_message.ts";

/**
 * Returns the user-facing error for what loading or running the module `file` threw, with its line.
 */
export function userError(
  thrown: unknown,
  doing: string,
  file: { readonly path: string; readonly revision?: Revision },
): ToolError {
  const facts = { revision: file.revision?.id, file: file.path };
  if (thrown instanceof ToolError) return thrown.with(facts);
  // For a file that it cannot compile, Bun throws all errors together; the first caused the others.
  const errors = property(thrown, "errors");
  const [inner]: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const first = isCompilers(inner) ? inner : thrown;
  const place = compilerPlace(first) ?? stackPlace(first, file.path);
  const isSyntax = first !== thrown || compilerPlace(first) !== undefined ||
    /SyntaxError/.test(text(first));
  return new ToolError(
    isSyntax ? "script/syntax" : "script/failed",
    `Cannot ${doing}: ${firstLine(first)}`,
    { ...facts, ...place, cause: thrown },
  );
}

interface Place {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/** Says whether `error` is of Bun's compiler, rather than of the code. */
function isCompilers(error: unknown): boolean {
  const name = property(error, "name");
  return name === "BuildMessage" || name === "ResolveMessage" || compilerPlace(error) !== undefined;
}

/** Returns the position that Bun's compiler gives. */
function compilerPlace(error: unknown): Place | undefined {
  const position = property(error, "position");
  const [file, line, column] = ["file", "line", "column"].map((it) => property(position, it));
  if (typeof line !== "number" || typeof column !== "number") return undefined;
  return { ...(typeof file === "string" && file !== "" && { file }), line, column };
}

/**
 * Returns the first place in `path` that the error's text names, or else the first in another file
 * of the project.
 */
function stackPlace(error: unknown, path: string): Place | undefined {
  for (const name of [path, pathToFileURL(path).href]) {
    const [, behind] = text(error).split(`${name}:`);
    const [, line, column] = /^(\d+):(\d+)/.exec(behind ?? "") ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column) };
  }
  // A module that does not compile has not run: the stack is that of its importer.
  if (/^SyntaxError/.test(text(error))) return undefined;
  for (const [, file = "", line, column] of text(error).matchAll(frame)) {
    // The frames below are those of our own callers.
    if (file.startsWith(own)) return undefined;
    if (!file.includes("/node_modules/")) {
      return { file, line: Number(line), column: Number(column) };
    }
  }
  return undefined;
}

/**
 * Where this program's own modules are: the folder lib/, or the executable's virtual file system.
 */
const own = (import.meta.dirname ?? "").replace(/^(.*[/\\]lib)[/\\].*/, "$1");
const frame = /^ +at .*?((?:\/|[A-Z]:\\)[^()\n]+):(\d+):(\d+)\)?$/gm;

function firstLine(error: unknown): string {
  const lines = withoutColours(thrownMessage(error));
  return (lines.split("\n")[0] ?? "").replace(/\.$/, "");
}

function text(error: unknown): string {
  const [name, message, stack] = ["name", "message", "stack"].map((it) => property(error, it));
  const textOf = (it: unknown) => typeof it === "string" ? it : "";
  return withoutColours(`${textOf(name)}: ${textOf(message)}\n${textOf(stack)}`);
}

/** Bun colours its compiler's messages. */
function withoutColours(text: string): string {
  return text.replaceAll(colour, "");
}

const colour = new RegExp(String.raw`\u001b\[[\d;]*m`, "g");
