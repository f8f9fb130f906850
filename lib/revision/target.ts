import { ToolError } from "../error.ts";

/** A place in the graph that does not depend on the position of the database. */
type AbsoluteTarget =
  | { readonly kind: "head" | "heads" | "base"; readonly branch?: string }
  /** `name` is an id, a prefix of one, or a branch label. */
  | { readonly kind: "revision"; readonly name: string; readonly branch?: string };

/** The current position of the database. */
interface CurrentTarget {
  readonly kind: "current";
  readonly branch?: string;
}

/** Where to go, as the user writes it. A `branch` is a label, an id, or a prefix of either. */
export type Target =
  | AbsoluteTarget
  | CurrentTarget
  /** `steps` up from `from`, or down if negative. */
  | {
    readonly kind: "relative";
    readonly from:
      | AbsoluteTarget
      | CurrentTarget & {
        /** Not written by the user: a history counts from its own ends instead. */
        readonly isImplied?: true;
      };
    readonly steps: number;
  };

/** From one target to another; the user may leave out either end. */
export interface TargetRange {
  readonly lower?: Target;
  readonly upper?: Target;
}

/**
 * Returns the target that `text` names: `head`, `heads`, `base`, `current`, a revision or a label,
 * optionally after `BRANCH@`. A trailing `+N` or `-N` walks from there; alone, from the current
 * position.
 *
 * @throws {ToolError} `usage`
 */
export function parseTarget(text: string): Target {
  if (text.includes(":")) {
    throw new ToolError("usage", "Range revision not allowed", {
      hint: "Name the revision to go to; START:END is for scripts, with --sql, and for history -r",
    });
  }
  const { branch, place, steps } = /^(?:(?<branch>[^@]*)@)?(?<place>[^@]*?)(?<steps>[+-]\d+)?$/
    .exec(text.trim())?.groups ?? {};
  if (branch === "" || (!place && steps === undefined)) {
    throw new ToolError("usage", `Cannot read the target "${text}"`, {
      hint: "Write a revision, head, heads, base, +N or -N, after BRANCH@ if you want one branch",
    });
  }
  const on = branch === undefined ? {} : { branch };
  const from = place ? parsePlace(place, on) : { kind: "current", ...on, isImplied: true } as const;
  return steps === undefined ? from : { kind: "relative", from, steps: parseSteps(text, steps) };
}

/** Returns the text that {@link parseTarget} reads as `target`. */
export function formatTarget(target: Target): string {
  if (target.kind !== "relative") {
    const branch = target.branch === undefined ? "" : `${target.branch}@`;
    return branch + (target.kind === "revision" ? target.name : target.kind);
  }
  const { from, steps } = target;
  const place = formatTarget(from);
  const isImplied = from.kind === "current" && from.isImplied;
  return (isImplied ? place.slice(0, -"current".length) : place) +
    (steps < 0 ? steps : `+${steps}`);
}

/**
 * Returns the ends of `text`, which are targets separated by a colon.
 *
 * @throws {ToolError} `usage`
 */
export function parseRange(text: string): TargetRange {
  const [lower, upper, more] = text.split(":");
  if (lower === undefined || upper === undefined || more !== undefined) {
    throw new ToolError("usage", "History range requires [start]:[end], [start]:, or :[end]", {
      hint: "Write ae10: for ae10 and what follows it, :ae10 for what leads to it",
    });
  }
  return {
    ...(lower.trim() !== "" && { lower: parseTarget(lower) }),
    ...(upper.trim() !== "" && { upper: parseTarget(upper) }),
  };
}

/**
 * Returns the target of a run without a database: a target, or `START:END`, where START defaults to
 * base.
 *
 * @throws {ToolError} `usage`
 */
export function parseOfflineTarget(
  text: string,
): { readonly start: Target | undefined; readonly target: Target } {
  if (!text.includes(":")) return { start: undefined, target: parseTarget(text) };
  const { lower, upper } = parseRange(text);
  if (upper === undefined) {
    throw new ToolError("usage", `Cannot tell where "${text}" ends`, {
      hint: "Write START:END, as in base:head",
    });
  }
  return { start: lower ?? { kind: "base" }, target: upper };
}

function parsePlace(
  name: string,
  on: { readonly branch?: string },
): AbsoluteTarget | CurrentTarget {
  switch (name) {
    case "head":
    case "heads":
    case "base":
    case "current":
      return { kind: name, ...on };
    default:
      return { kind: "revision", name, ...on };
  }
}

function parseSteps(text: string, digits: string): number {
  const steps = Number(digits);
  // `-0` would not be deeply equal to 0.
  if (Number.isSafeInteger(steps)) return steps === 0 ? 0 : steps;
  throw new ToolError("usage", `Cannot go as far as "${text}" says`);
}
