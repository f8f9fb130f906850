import type { Operation } from "../../operations/operation.ts";
import type { Part } from "../part.ts";
import type { Effect, Place } from "./place.ts";

/** What is done at once to a part, and to those that are created or dropped with it. */
export interface Step {
  readonly operations: readonly Operation[];
  /** Its position unless dependencies demand another. */
  readonly place: Place;
  /** The parts that it creates. */
  readonly makes: readonly Part[];
  /** The parts that it drops. */
  readonly drops: readonly Part[];
  /** The parts that it changes, before and after. */
  readonly alters: readonly {
    readonly before: Part;
    readonly after: Part;
    readonly effect?: Effect | undefined;
  }[];
}
