/**
 * Scratch databases: places to try things out, created for one run and dropped after it. Nothing is
 * ever tried out in the live database.
 *
 * @module
 */
import type { DialectName } from "../../dialect/dialect.ts";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";

/**
 * Where PostgreSQL scratch databases are created: on the server of the live one, or inside this
 * process.
 */
export type ScratchKind = "server" | "embedded";

/** An empty database of our own, which is dropped when it is disposed of. */
export interface Scratch extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: DialectName;
  readonly kind: "memory" | ScratchKind;
  /** In the server's format: `18.4`. */
  readonly serverVersion: string;
  /** Undoes changes that a script made to the session: the search path, the role … */
  reset(): Promise<void>;
}

/** A database that a scratch database is to be like, and its URL. */
export interface Live {
  readonly url: DatabaseUrl;
  readonly connection: Connection;
}

export type ScratchOptions =
  & {
    /** Stops what is running there, and drops it. */
    readonly signal?: AbortSignal | undefined;
    /** Receives each notice of the server as one line. */
    readonly onNotice?: ((text: string) => void) | undefined;
  }
  & (
    | { readonly dialect: "sqlite" }
    | {
      readonly dialect: "postgres";
      /** Absent: on the server of `like` if the role may create databases there, else embedded. */
      readonly scratch?: ScratchKind | undefined;
      /** A database that is only used to try things out; takes precedence over `scratch`. */
      readonly scratchUrl?: DatabaseUrl | undefined;
      /** The database whose encoding, locale, search path and settings to use, as far as possible. */
      readonly like?: Live | undefined;
      /** The schemas to compare, which are created if they do not exist. */
      readonly schemas?: readonly string[] | undefined;
    }
  );
