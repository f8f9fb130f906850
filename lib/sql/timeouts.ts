/**
 * PostgreSQL's timeouts, in milliseconds. 0: none; absent: as set by the server, the role or the URL.
 */
export interface Timeouts {
  readonly statement?: number | undefined;
  /** Between two statements of a transaction, while code runs. */
  readonly idleInTransaction?: number | undefined;
}

/** The format that {@linkcode parseTimeout} accepts, for messages. */
export const timeoutExpected =
  `a string with its unit, such as "500ms", "5s" or "2m", or 0 for none`;

/**
 * Returns the milliseconds of `text`, or `undefined` if it is not a timeout. The unit is required: some
 * take a bare number for seconds, and PostgreSQL for milliseconds.
 */
export function parseTimeout(text: string): number | undefined {
  if (/^0+$/.test(text.trim())) return 0;
  const time = Math.ceil(parseDuration(text.trim()) ?? Infinity);
  return time <= longest ? time : undefined;
}

/** Returns the milliseconds of `text`, a number with a unit, or `undefined` if it is something else. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text) ?? [];
  const factor = milliseconds.get(unit);
  return factor === undefined ? undefined : Number(number) * factor;
}

/** PostgreSQL's maximum. */
const longest = 2 ** 31 - 1;

const milliseconds: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["min", 60_000],
  ["h", 3_600_000],
]);

/** Returns `time`, in milliseconds, for people to read: `500 ms`, `5 s`, `2 min`. */
export function describeDuration(time: number): string {
  if (time < 1000) return `${Math.round(time)} ms`;
  if (time < 120_000) return `${Number((time / 1000).toFixed(time < 10_000 ? 1 : 0))} s`;
  return time < 7_200_000
    ? `${Math.round(time / 60_000)} min`
    : `${Number((time / 3_600_000).toFixed(1))} h`;
}
