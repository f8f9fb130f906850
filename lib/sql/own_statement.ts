import type { Statement } from "./statement.ts";

/** A statement of ours, which may be there to check something. */
export interface OwnStatement extends Statement {
  /** What it means if it fails, in place of what the server says: the whole message. */
  readonly refusal?: {
    readonly message: string;
    readonly hint: string;
    /** What the server says then; absent: whatever it says. */
    readonly answer?: string;
  };
}
