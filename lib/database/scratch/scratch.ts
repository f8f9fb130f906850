/**
 * Scratch databases: places to try things out, made for one run and gone after it. Nothing is ever
 * tried out in the live database.
 *
 * @module
 */
import type { DialectName } from "../../dialect/dialect.ts";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";

/** Where PostgreSQL's scratch databases are made: beside the live one, or inside this process. */
export type ScratchKind = "server" | "embedded";

/** An empty database of our own. It goes when it is disposed of. */
export interface Scratch extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: DialectName;
  readonly kind: "memory" | ScratchKind;
  /** As the server writes it: `18.4`. */
  readonly serverVersion: string;
  /** Undoes what a script has set in the session: the search path, the role … */
  reset(): Promise<void>;
}

/** A database that a scratch is to be like, and where it is. */
export interface Live {
  readonly url: DatabaseUrl;
  readonly connection: Connection;
}

/** Which scratch database. */
export type ScratchOptions =
  & {
    /** Stops what runs there, and makes it go. */
    readonly signal?: AbortSignal | undefined;
    /** Takes the server's notices, a line each. */
    readonly onNotice?: ((text: string) => void) | undefined;
  }
  & (
    | { readonly dialect: "sqlite" }
    | {
      readonly dialect: "postgres";
      /** Absent: on the server of `like` if the role may create databases there, else embedded. */
      readonly scratch?: ScratchKind | undefined;
      /** A database that is only there to try things out; it comes before `scratch`. */
      readonly scratchUrl?: DatabaseUrl | undefined;
      /** Encoding, locale, search path and settings are as there, where they can be. */
      readonly like?: Live | undefined;
      /** Made if they are not there: what is compared lies in them. */
      readonly schemas?: readonly string[] | undefined;
    }
  );
