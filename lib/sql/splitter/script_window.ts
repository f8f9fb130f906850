/**
 * The part of a script that is in memory: text is fed in at its end and read from `at` on. Text that
 * has been read is released at the next feed, unless it is being captured. Positions count from the
 * beginning of the window, which each feed moves to `at`.
 */
export class ScriptWindow {
  text = "";
  at = 0;
  /** Nothing more will be fed. */
  ended = false;

  /** The line of the last position that was asked for, and the first line break from there on. */
  #line = 1;
  #break = -1;
  #startsLine = true;
  #captured: string[] = [];
  #capturedLength = 0;
  #captureFrom: number | undefined;

  feed(chunk: string): void {
    this.lineAt(this.at);
    this.#startsLine = this.startsLine(this.at);
    if (this.#captureFrom !== undefined) {
      this.#captured.push(this.text.slice(this.#captureFrom, this.at));
      this.#capturedLength += this.at - this.#captureFrom;
      this.#captureFrom = 0;
    }
    this.text = this.text.slice(this.at) + chunk;
    this.at = 0;
    this.#break = this.text.indexOf("\n");
  }

  /** Returns the line of `position`, counted from 1. Positions must be asked for in order. */
  lineAt(position: number): number {
    while (this.#break >= 0 && this.#break < position) {
      this.#line++;
      this.#break = this.text.indexOf("\n", this.#break + 1);
    }
    return this.#line;
  }

  /** Says whether only blanks precede `position` on its line. */
  startsLine(position: number): boolean {
    for (let before = position - 1; before >= 0; before--) {
      const character = this.text[before];
      if (character === "\n" || character === "\r") return true;
      if (character !== " " && character !== "\t") return false;
    }
    return this.#startsLine;
  }

  startCapture(from: number): void {
    this.#captured = [];
    this.#capturedLength = 0;
    this.#captureFrom = from;
  }

  /** Returns the distance of `position` from the start of the capture. */
  captureOffset(position: number): number {
    return this.#capturedLength + position - (this.#captureFrom ?? position);
  }

  /** Ends the capture, and returns the text captured before `to`. */
  endCapture(to: number): string {
    const last = this.text.slice(this.#captureFrom ?? to, to);
    this.#captureFrom = undefined;
    return this.#captured.length === 0 ? last : this.#captured.join("") + last;
  }
}
