/** Text in which a semicolon ends nothing: a string, a quoted identifier, a comment. */
export interface Enclosure {
  /** For messages. */
  readonly name: string;
  /**
   * Looks for the end from `from` on: the position after the opening, or where the last search said to
   * resume. `ended` means that no more text will follow.
   */
  close(text: string, from: number, ended: boolean): Closing;
}

/** The position just after the end of an enclosure, or where to resume once there is more text. */
export type Closing = { readonly end: number } | { readonly resume: number };

/**
 * Returns an enclosure that ends at the first `closer`. A doubled quote needs no rule of its own: read
 * as the end of one string and the beginning of another, it hides the same semicolons.
 */
export function enclosedBy(name: string, closer: string): Enclosure {
  return {
    name,
    close(text, from) {
      const found = text.indexOf(closer, from);
      if (found >= 0) return { end: found + closer.length };
      return { resume: Math.max(from, text.length - closer.length + 1) };
    },
  };
}

/**
 * PostgreSQL's `E'…'`. After a line break, it may continue in another pair of quotes, with the same
 * rules. https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
export const escapeString: Enclosure = {
  name: "string",
  close(text, from, ended) {
    const special = /[\\']/g;
    special.lastIndex = from;
    while (special.test(text)) {
      const at = special.lastIndex - 1;
      if (text[at] === "\\") {
        if (at + 1 === text.length) return { resume: at };
        special.lastIndex = at + 2;
      } else if (matchesAt(continuation, text, at + 1)) {
        special.lastIndex = continuation.lastIndex;
      } else if (!ended && matchesAt(perhapsContinuation, text, at + 1)) {
        return { resume: at };
      } else {
        return { end: at + 1 };
      }
    }
    return { resume: text.length };
  },
};

const continuation =
  /'|(?:[ \t\f\v]|--[^\n\r]*(?=[\n\r]))*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;
const perhapsContinuation = /(?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*(?:-|--[^\n\r]*)?$/y;

/** Says whether `sticky` matches at `at`, and leaves its `lastIndex` at the end of the match. */
export function matchesAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

/** Returns PostgreSQL's block comment, which can be nested. */
export function nestedComment(): Enclosure {
  let depth = 1;
  return {
    name: "comment",
    close(text, from) {
      const edge = /\/\*|\*\//g;
      edge.lastIndex = from;
      let resume = from;
      while (edge.test(text)) {
        resume = edge.lastIndex;
        depth += text[resume - 1] === "*" ? 1 : -1;
        if (depth === 0) return { end: resume };
      }
      return { resume: Math.max(resume, text.length - 1) };
    },
  };
}
