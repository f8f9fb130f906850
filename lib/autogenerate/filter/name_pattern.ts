import { ToolError } from "../../error.ts";
import { didYouMean } from "../../sql/closest.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import type { Part } from "../part.ts";
import { writtenNames, type WrittenPart } from "../renames/written_names.ts";

const kinds = [
  "table",
  "column",
  "constraint",
  "index",
  "enum",
  "schema",
  "extension",
  "sequence",
  "domain",
  "composite_type",
  "function",
  "procedure",
  "view",
  "materialized_view",
  "trigger",
  "policy",
  "grant",
] as const;

/** The kinds that a pattern may begin with. */
export type PatternKind = typeof kinds[number];

/** A parsed pattern. */
export interface NamePattern {
  /** Absent: whatever lives in a schema. */
  readonly kind?: PatternKind;
  /** What each part of a name must match, the thing's own name last. */
  readonly parts: readonly RegExp[];
}

/**
 * Parses a pattern of `include` or `exclude`.
 *
 * @throws {ToolError} `config/invalid`
 */
export function parseNamePattern(text: string): NamePattern {
  const names = writtenNames(text);
  const [first = [], second] = names ?? [];
  if (names === undefined || names.length > 2) {
    throw new ToolError("config/invalid", `Cannot read the pattern "${text}"`, {
      hint: 'Write "tmp_*", "table:audit_*", "column:users.secret" or "index:*"; ' +
        'put a name that has a dot or a colon in "double quotes"',
    });
  }
  if (second === undefined) return { parts: first.map(expressionOf) };
  const word = first.map((it) => it.text).join(".");
  const kind = kinds.find((it) => it === word);
  if (kind !== undefined) return { kind, parts: second.map(expressionOf) };
  throw new ToolError(
    "config/invalid",
    `Cannot read the pattern "${text}": unknown kind "${word}"`,
    { hint: didYouMean(word, kinds) || `Write one of ${kinds.join(", ")}` },
  );
}

/** Says whether `pattern` matches `part`; what has no schema of its own is in `defaultSchema`. */
export function namesPart(pattern: NamePattern, part: Part, defaultSchema?: string): boolean {
  const kind = patternKind(part);
  if (pattern.kind === undefined ? !livesInSchema(kind) : pattern.kind !== kind) return false;
  const path = pathOf(part, defaultSchema);
  if (pattern.parts.length > path.length) return false;
  const own = path.slice(-pattern.parts.length);
  return pattern.parts.every((it, at) => it.test(own[at] ?? ""));
}

/** Says whether things of `kind` live in a schema: they are neither part of something else nor above all schemas. */
export function livesInSchema(kind: PatternKind): boolean {
  return !elsewhere.has(kind);
}

const elsewhere: ReadonlySet<PatternKind> = new Set([
  "column",
  "constraint",
  "index",
  "trigger",
  "policy",
  "grant",
  "schema",
  "extension",
]);

/** Returns the name of the kind of `part` in patterns. */
export function patternKind(part: Part): PatternKind {
  switch (part.kind) {
    case "default":
      return "column";
    case "object":
      return part.object.kind === "ownedSequence"
        ? "column"
        : part.object.kind === "compositeType"
        ? "composite_type"
        : part.object.kind === "materializedView"
        ? "materialized_view"
        : part.object.kind;
    default:
      return part.kind;
  }
}

function expressionOf({ text, isQuoted }: WrittenPart): RegExp {
  const literal = text.replaceAll(/[\\^$.|+()[\]{}*?]/g, "\\$&");
  const pattern = isQuoted ? literal : literal.replaceAll("\\*", ".*").replaceAll("\\?", ".");
  return new RegExp(`^${pattern}$`, "su");
}

function pathOf(part: Part, defaultSchema: string | undefined): readonly string[] {
  const of = ({ schema = defaultSchema }: QualifiedName) => schema === undefined ? [] : [schema];
  switch (part.kind) {
    case "table":
      return [...of(part.table), part.table.name];
    case "column":
    case "default":
      return [...of(part.table), part.table.name, part.column.name];
    case "constraint":
      return [...of(part.table), part.table.name, part.constraint.name];
    case "index":
      return [...of(part.table), part.table.name, part.index.name];
    case "enum":
      return [...of(part.enum), part.enum.name];
    case "object": {
      const { kind, on, name, arguments: column = "" } = part.object;
      if (on && kind === "ownedSequence") return [...of(on), on.name, column];
      if (on) return [...of(on), on.name, name];
      return kind === "schema" || kind === "extension" || kind === "grant"
        ? [name]
        : [...of(part.object), name];
    }
  }
}
