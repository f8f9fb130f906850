import type { Result } from "../commands/views/result.ts";
import type { Environment } from "../commands/environment.ts";
import type { Context } from "../config/context.ts";
import type { Report } from "../report/event.ts";

/**
 * A flag, or an option with a value, as data: parsing, help and completion read the same
 * declaration.
 */
export interface Option {
  /** In Alembic's spelling, without the dashes. */
  readonly name: string;
  readonly short?: string;
  readonly summary: string;
  /** The placeholder for the value in help; absent for a flag. */
  readonly value?: string;
  /** The value if none is given; one that is given must then follow a `=`: `--wait=30`. */
  readonly implied?: string;
  /** May be given more than once. */
  readonly repeated?: true;
}

export interface Argument {
  readonly name: string;
  readonly summary: string;
  readonly optional?: true;
  readonly variadic?: true;
}

/** One command. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  /** Loads what it needs when it is called, so that start-up pays for no other command. */
  run(input: Input, session: VerbSession): Promise<Result>;
}

/** What was typed for one verb. */
export interface Input {
  readonly arguments: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
  /** In the order typed. */
  values(name: string): readonly string[];
}

export interface VerbSession {
  readonly context: Context;
  readonly report: Report;
  /** Reads the configuration, on demand only. */
  environment(): Promise<Environment>;
}
