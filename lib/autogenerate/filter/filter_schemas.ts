import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { boundKeys } from "./bound_keys.ts";
import { isTool } from "./is_tool.ts";
import { leaveOut } from "./leave_out.ts";
import {
  livesInSchema,
  type NamePattern,
  namesPart,
  parseNamePattern,
  patternKind,
} from "./name_pattern.ts";
import { Needs } from "../steps/needs.ts";
import { type Key, keyOf, type Part, tableKey } from "../part.ts";
import { takeApart } from "../steps/take_apart.ts";

/** Which parts of two schemas are compared. */
export interface FilterOptions {
  /** Patterns; empty: everything. */
  readonly include?: readonly string[];
  /** Patterns for what is left out, whatever `include` says. */
  readonly exclude?: readonly string[];
  /** The schemas to compare; absent: all. */
  readonly schemas?: readonly string[];
  /** The schema of unqualified names: `public`, or `main`. */
  readonly defaultSchema?: string;
}

/**
 * Returns `a` and `b` without what is not to be compared.
 *
 * A pattern is a name, optionally qualified, in which `*` matches any characters and `?` a single one:
 * `"tmp_*"` and `"public.tmp_*"` match tables, views, types, functions, sequences … whatever lives in a schema.
 * A kind before it restricts it to that: `"table:audit_*"`. Anything that is part of a table, or attached to
 * one, needs its kind, and may name the table: `"index:*"`, `"column:secret"`, `"column:users.secret"`,
 * `"trigger:app.users.*"`. A name that contains a dot, a colon or a star is put in double quotes. The kinds are
 * `table`, `column`, `constraint`, `index`, `enum`, `schema`, `extension`, `sequence`, `domain`,
 * `composite_type`, `function`, `procedure`, `view`, `materialized_view`, `trigger`, `policy`, `grant`.
 *
 * Leaving out a table also leaves out all that is in it or on it: indexes, triggers, policies, grants, partitions;
 * leaving out a column, the constraints and indexes on it; leaving out a schema, all that it holds. A foreign key
 * to a table that is left out stays, unless that table does not exist in `a` either: it could not be created then.
 * A type, function, sequence or schema in `a` that something left out needs is left out, too, unless `b` has it.
 *
 * As soon as `include` has a pattern for things that live in a schema, all other such things are left out,
 * except the types, functions and sequences that something included needs. Among the parts of tables,
 * `include` restricts only the kinds that its patterns begin with.
 *
 * @throws {ToolError} `config/invalid` if a pattern cannot be read.
 */
export function filterSchemas(
  a: Schema,
  b: Schema,
  options: FilterOptions,
): readonly [Schema, Schema] {
  const { include = [], exclude = [], schemas } = options;
  if (include.length === 0 && exclude.length === 0 && schemas === undefined) return [a, b];
  const sides = [takeApart(a), takeApart(b)] as const;
  const isKept = choice(sides, options);
  const isThere = () => true;
  const compared = leaveOut(a, { isKept, isThere });
  const bound = boundKeys({ parts: sides[0], compared, wanted: sides[1] });
  return [
    bound.size === 0
      ? compared
      : leaveOut(a, { isKept: (part) => isKept(part) && !bound.has(keyOf(part)), isThere }),
    leaveOut(b, { isKept, isThere: (table) => sides[0].has(tableKey(table)) }),
  ];
}

type Parts = ReadonlyMap<Key, Part>;

/** Returns a predicate: whether a part of either side is compared, as far as its own name tells. */
function choice(sides: readonly Parts[], options: FilterOptions): (part: Part) => boolean {
  const { schemas, defaultSchema } = options;
  const include = (options.include ?? []).map(parseNamePattern);
  const exclude = (options.exclude ?? []).map(parseNamePattern);
  const restricted = new Set(include.map((it) => it.kind));
  const restrictsAll = [...restricted].some((it) => it === undefined || livesInSchema(it));
  const isIncluded = (part: Part) => {
    const kind = patternKind(part);
    return !(livesInSchema(kind) ? restrictsAll : restricted.has(kind)) ||
      include.some((it) => namesPart(it, part, defaultSchema));
  };
  const needed = restrictsAll ? neededKeys(sides, isIncluded) : new Set();
  return (part) => {
    const schema = schemaOf(part, defaultSchema);
    return !(schema !== undefined && schemas !== undefined && !schemas.includes(schema)) &&
      !exclude.some((it) => namesPart(it, part, defaultSchema) || namesSchema(it, schema)) &&
      (isIncluded(part) || needed.has(keyOf(part)));
  };
}

function namesSchema({ kind, parts }: NamePattern, schema: string | undefined): boolean {
  return kind === "schema" && schema !== undefined && parts.at(-1)?.test(schema) === true;
}

/** Returns the schema that `part` is, or is in. */
function schemaOf(part: Part, defaultSchema: string | undefined): string | undefined {
  if (part.kind === "object" && part.object.kind === "schema") return part.object.name;
  const home = homeOf(part);
  return home && (home.schema ?? defaultSchema);
}

/** Returns the name of `part`, or of the table that it is part of or attached to. */
function homeOf(part: Part): QualifiedName | undefined {
  switch (part.kind) {
    case "enum":
      return part.enum;
    case "object":
      return part.object.on ??
        (livesInSchema(patternKind(part)) ? part.object : undefined);
    default:
      return part.table;
  }
}

/** Returns the keys of the types, functions and sequences that included parts need on either side. */
function neededKeys(
  sides: readonly Parts[],
  isIncluded: (part: Part) => boolean,
): ReadonlySet<Key> {
  const found = new Set<Key>();
  for (const parts of sides) {
    const needs = new Needs(parts);
    const isOwn = (part: Part) => {
      const home = homeOf(part);
      const owner = livesInSchema(patternKind(part)) ? part : home && parts.get(tableKey(home));
      return owner !== undefined && isIncluded(owner);
    };
    const waiting = [...parts.values()].filter(isOwn);
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      for (const key of needs.of(part)) {
        const need = parts.get(key);
        if (need === undefined || found.has(key) || !isTool(need)) continue;
        found.add(key);
        waiting.push(need);
      }
    }
  }
  return found;
}
