import { isDeepStrictEqual } from "node:util";
import { capabilitiesOf } from "../../autogenerate/capabilities.ts";
import { diff } from "../../autogenerate/diff.ts";
import { operationView } from "../../autogenerate/operation_view.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import { ToolError } from "../../error.ts";
import type { RevisionMove } from "../../revision/route.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Replay } from "./replay.ts";
import type { Problem, Verdict } from "../views/result.ts";

/** A scratch database, and the revisions on it. */
export interface Ground {
  readonly scratch: Scratch;
  readonly replay: Replay;
}

/** Proves revisions one after the other, each starting where the previous one ended. */
export class Proving implements AsyncDisposable {
  readonly #open: (keep: readonly string[]) => Promise<Ground>;
  /** Schemas that no revision creates. */
  #keep: readonly string[] = [];
  /** The moves that the ground should have made. */
  readonly #passed: RevisionMove[] = [];
  #ground: Ground | undefined;
  /** How many of the passed moves have been made on the ground. */
  #made = 0;
  /** The schema of the ground, if it has been read since. */
  #schema: Schema | undefined;

  constructor(open: (keep: readonly string[]) => Promise<Ground>) {
    this.#open = open;
  }

  /** Accepts `move` without proof; it is made when the next one is proved. */
  pass(move: RevisionMove): void {
    this.#passed.push(move);
  }

  /**
   * Upgrades, downgrades and upgrades again.
   *
   * @throws {ToolError} If even the first upgrade fails.
   */
  async prove(move: RevisionMove): Promise<Verdict> {
    const replay = await this.#ready();
    const down: RevisionMove = { direction: "downgrade", revision: move.revision };
    const before = this.#schema ?? await replay.schema();
    await replay.make([move]);
    if (replay.broughtBack.length > 0) {
      // They did not exist before: it is proved again where they do.
      this.#keep = [...this.#keep, ...replay.broughtBack];
      await this.#forget();
      return await this.prove(move);
    }
    const after = await replay.schema();
    this.pass(move);
    const failed = async (problems: readonly Problem[]): Promise<Verdict> => {
      await this.#forget();
      return { outcome: "failed", problems };
    };
    const wayDown = await attempt(() => replay.make([down]));
    if (wayDown?.code === "script/irreversible") {
      this.#stands(after);
      return { outcome: "irreversible", reason: wayDown.message, problems: [] };
    }
    if (wayDown) return await failed([{ step: "downgrade", error: wayDown, operations: [] }]);
    const left = this.#compared("downgrade", before, await replay.schema(), replay);
    const wayUp = await attempt(() => replay.make([move]));
    // Leftovers of the downgrade may make the upgrade fail: they have been reported already.
    if (wayUp && left.length > 0) return await failed(left);
    if (wayUp) return await failed([{ step: "upgrade", error: wayUp, operations: [] }]);
    const other = this.#compared("upgrade", after, await replay.schema(), replay);
    if (left.length + other.length > 0) return await failed([...left, ...other]);
    this.#stands(after);
    return { outcome: "passed", problems: [] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#forget();
  }

  /** Returns a replay that has made all passed moves. */
  async #ready(): Promise<Replay> {
    this.#ground ??= await this.#open(this.#keep);
    const { replay } = this.#ground;
    const waiting = this.#passed.slice(this.#made);
    if (waiting.length > 0) {
      await replay.make(waiting);
      this.#stands(undefined);
    }
    return replay;
  }

  /** A failure may have left anything behind: the next revision gets a new ground. */
  async #forget(): Promise<void> {
    const ground = this.#ground;
    this.#ground = undefined;
    this.#made = 0;
    this.#schema = undefined;
    await ground?.scratch[Symbol.asyncDispose]();
  }

  #stands(schema: Schema | undefined): void {
    this.#made = this.#passed.length;
    this.#schema = schema;
  }

  #compared(
    step: Problem["step"],
    expected: Schema,
    found: Schema,
    { dialect }: Replay,
  ): readonly Problem[] {
    // Usually nothing differs, and this is a much faster way to see that.
    if (isDeepStrictEqual(expected, found)) return [];
    const operations = diff(expected, found, capabilitiesOf(dialect.name));
    return operations.length === 0 ? [] : [{ step, operations: operations.map(operationView) }];
  }
}

async function attempt(action: () => Promise<void>): Promise<ToolError | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof ToolError && error.code !== "interrupted") return error;
    throw error;
  }
}
