import type { Call, Code, CodeStatement, Fields } from "./code.ts";
import { keyLiteral } from "./literal.ts";

/** Lines of code. One that holds a line break is a literal's: what stands behind the break is never indented. */
export type Lines = readonly string[];

/** What `deno fmt` keeps a line of this project's to. */
const width = 100;

/** Where a piece begins and what follows it on its last line, both in characters. */
interface Room {
  readonly start: number;
  readonly after: number;
  /** Of the line that it begins on. */
  readonly indent: number;
}

/** Returns `statements` as `deno fmt` leaves them where they are indented by `indent`; the lines themselves begin at 0. */
export function layOut(statements: readonly CodeStatement[], indent: number): Lines {
  return statements.flatMap(({ notes, code }) => [
    ...notes.map((it) => `// ${it}`),
    ...suffixed(broken(code, { start: indent, after: 1, indent }), ";"),
  ]);
}

/** On one line if there is room for it, and spread over several if there is not. */
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

/** The last argument alone goes on over several lines, if it is what can be taken apart. */
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

/** Returns `code` on one line, however long, if it can stand on one. */
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
