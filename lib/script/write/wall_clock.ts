import { ToolError } from "../../error.ts";

/** A moment as a wall clock shows it. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** The offset from UTC, such as `+01:00`. */
  readonly offset: string;
  /** Seconds since 1970, the same in every time zone. */
  readonly epoch: number;
}

/**
 * Returns the wall clock time in `timezone` at `moment`; without one, in the time zone of this
 * machine.
 *
 * @throws {ToolError} `config/invalid` if there is no such time zone.
 */
export function wallClock(moment: Date, timezone?: string): WallClock {
  const parts = new Map(
    formatIn(timezone).formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
    second: number("second"),
    offset: parts.get("timeZoneName")?.slice("GMT".length) || "+00:00",
    epoch: Math.floor(moment.getTime() / 1000),
  };
}

/** Returns the time as revision files state it, such as `2026-01-08 14:30:00+01:00`. */
export function formatWallClock(
  { year, month, day, hour, minute, second, offset }: WallClock,
): string {
  const date = [year, month, day].map(twoDigits).join("-");
  return `${date} ${[hour, minute, second].map(twoDigits).join(":")}${offset}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function formatIn(timezone: string | undefined): Intl.DateTimeFormat {
  const format = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat("en-US", {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
      timeZoneName: "longOffset",
      ...(timeZone !== undefined && { timeZone }),
    });
  try {
    return format(timezone);
  } catch (cause) {
    throw new ToolError("config/invalid", `Can't locate timezone: ${timezone}`, {
      hint: "Write a name of the IANA database as timezone, such as Europe/Berlin or UTC",
      cause,
    });
  }
}
