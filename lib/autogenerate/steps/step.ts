import type { Operation } from "../../operations/operation.ts";
import type { Part } from "../part.ts";
import type { Place } from "./place.ts";

/** What is done at once: to a part, and to those that come or go with it. */
export interface Step {
  readonly operations: readonly Operation[];
  /** Where it stands if nothing that it depends on says otherwise. */
  readonly place: Place;
  /** The parts that are there after it, and were not before. */
  readonly makes: readonly Part[];
  /** The parts that are there no more. */
  readonly drops: readonly Part[];
  /** The parts that it changes, as they were and as they are then. */
  readonly alters: readonly { readonly before: Part; readonly after: Part }[];
}
