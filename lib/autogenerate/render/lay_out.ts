import type { Call, Code, CodeStatement, Fields } from "./code.ts";
import { keyLiteral } from "./literal.ts";

/** Lines of code. One that contains a line break is part of a literal: what follows the break is never indented. */
export type Lines = readonly string[];

/** The line width of this project for `deno fmt`. */
const width = 100;

/** The column where a piece begins, and how many characters follow it on its last line. */
interface Room {
  readonly start: number;
  readonly after: number;
  /** The indentation of the line that it begins on. */
  readonly indent: number;
}

/** Returns `statements` as `deno fmt` formats them when indented by `indent`; the lines returned are not indented. */
export function layOut(statements: readonly CodeStatement[], indent: number): Lines {
  return statements.flatMap(({ notes, code }) => [
    ...notes.map((it) => `// ${it}`),
    ...suffixed(broken(code, { start: indent, after: 1, indent }), ";"),
  ]);
}

/** On one line if there is room, otherwise over several. */
function broken(code: Code, room: Room): Lines {
  const flat = onOneLine(code);
  if (flat !== undefined && room.start + flat.length + room.after <= width) return [flat];
  if (typeof code === "string") return [code];
  switch (code.kind) {
    case "call":
      return hanging(code, room) ?? [`${headOf(code)}(`, ...apart(code.arguments, room), ")"];
    case "tagged":
      return [code.tag + code.template];
    case "list":
      return ["[", ...apart(code.items, room), "]"];
    case "fields":
      return ["{", ...brokenFields(code, room), "}"];
    case "block":
      return ["() => {", ...indented(layOut(code.statements, room.indent + 2)), "}"];
  }
}

/** Only the last argument spans several lines, if it can be broken. */
function hanging(call: Call, room: Room): Lines | undefined {
  const last = call.arguments.at(-1);
  if (call.spread || typeof last !== "object" || last.kind === "call" || last.kind === "tagged") {
    return undefined;
  }
  const flat = call.arguments.slice(0, -1).map(onOneLine);
  if (flat.includes(undefined)) return undefined;
  const before = `${headOf(call)}(${flat.map((it) => `${it}, `).join("")}`;
  const start = room.start + before.length;
  if (start + (last.kind === "block" ? "() => {" : "{").length > width) return undefined;
  return suffixed(prefixed(before, broken(last, { ...room, start, after: room.after + 1 })), ")");
}

function apart(parts: readonly Code[], { indent }: Room): Lines {
  const inner = indent + 2;
  return parts.flatMap((it) =>
    indented(suffixed(broken(it, { start: inner, after: 1, indent: inner }), ","))
  );
}

function brokenFields({ entries }: Fields, { indent }: Room): Lines {
  const inner = indent + 2;
  return entries.flatMap(([key, value]) => {
    const before = `${keyLiteral(key)}: `;
    const room = { start: inner + before.length, after: 1, indent: inner };
    return indented(suffixed(prefixed(before, broken(value, room)), ","));
  });
}

/** Returns `code` on one line, however long, if it fits on one at all. */
export function onOneLine(code: Code): string | undefined {
  if (typeof code === "string") return code.includes("\n") ? undefined : code;
  switch (code.kind) {
    case "call":
      return code.spread
        ? undefined
        : around(`${headOf(code)}(`, code.arguments.map(onOneLine), ")");
    case "tagged":
      return onOneLine(code.tag + code.template);
    case "list":
      return code.spread ? undefined : around("[", code.items.map(onOneLine), "]");
    case "fields": {
      if (code.entries.length === 0) return "{}";
      const entries = code.entries.map(([key, value]) => {
        const flat = onOneLine(value);
        return flat && `${keyLiteral(key)}: ${flat}`;
      });
      return around("{ ", entries, " }");
    }
    case "block":
      return code.statements.length === 0 ? "() => {}" : undefined;
  }
}

function around(
  open: string,
  parts: readonly (string | undefined)[],
  close: string,
): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(", ")}${close}`;
}

function headOf({ of, name }: Call): string {
  return of === "op" ? `op.${name}` : name;
}

function indented(lines: Lines): Lines {
  return lines.map((it) => `  ${it}`);
}

function prefixed(before: string, [first = "", ...rest]: Lines): Lines {
  return [before + first, ...rest];
}

function suffixed(lines: Lines, after: string): Lines {
  return [...lines.slice(0, -1), (lines.at(-1) ?? "") + after];
}
