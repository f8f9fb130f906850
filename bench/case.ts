import type { Pair } from "./measure.ts";

/** One line of the table. */
export interface Case {
  readonly name: string;
  /** Our time, divided by what it is compared with. */
  readonly atMost: number;
  /** Our peak memory, in MB. */
  readonly atMostMegabytes?: number;
  prepare(): Promise<Prepared>;
}

type Prepared =
  & AsyncDisposable
  & (
    | Pair & {
      readonly peerName: string;
      /** The peer's time is taken this many times. */
      readonly times?: number;
      /** Milliseconds that are added to the peer's time. */
      readonly plus?: () => number;
    }
    | { readonly peer?: undefined; readonly why: string }
  );
