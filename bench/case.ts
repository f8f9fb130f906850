import type { Pair } from "./measure.ts";

/** One line of the table. */
export interface Case {
  readonly name: string;
  /** The limit of our time, divided by the peer's. */
  readonly atMost: number;
  /** The limit of our peak memory, in MB. */
  readonly atMostMegabytes?: number;
  prepare(): Promise<Prepared>;
}

type Prepared =
  & AsyncDisposable
  & (
    | Pair & {
      readonly peerName: string;
      /** The peer's time is multiplied by this. */
      readonly times?: number;
      /** Milliseconds to add to the peer's time. */
      readonly plus?: () => number;
    }
    | { readonly peer?: undefined; readonly why: string }
  );
