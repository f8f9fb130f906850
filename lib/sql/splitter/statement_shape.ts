/**
 * What the words of a statement so far reveal about where it ends. Nearly every statement is `plain`:
 * its first semicolon ends it.
 */
export interface StatementShape {
  readonly kind: "head" | "plain" | "copy" | "copyIn" | "rule" | "routine" | "trigger";
  /** How many parentheses are open. */
  readonly depth: number;
  /** The previous token, as passed to `advance`; in a head, all tokens so far. */
  readonly previous: string;
  /**
   * Whether it is inside the body of a routine or trigger, whose semicolons do not end the statement.
   */
  readonly body: boolean;
}

/** The shapes of statements by their first words; all others are plain. */
export type StatementHeads = ReadonlyMap<string, StatementShape["kind"]>;

export const head: StatementShape = { kind: "head", depth: 0, previous: "", body: false };
export const plain: StatementShape = { ...head, kind: "plain" };

/**
 * Returns the shape after one more token: a word in lower case, a parenthesis, a semicolon, or an empty
 * string for something quoted.
 */
export function advance(
  shape: StatementShape,
  token: string,
  heads: StatementHeads,
): StatementShape {
  if (shape.kind === "plain") return plain;
  if (shape.kind === "head") return beginning(`${shape.previous} ${token}`.trimStart(), heads);
  const { previous } = shape;
  const depth = shape.depth + (token === "(" ? 1 : token === ")" ? -1 : 0);
  const stdin = shape.kind === "copy" && depth === 0 && previous === "from" && token === "stdin";
  return {
    kind: stdin ? "copyIn" : shape.kind,
    depth,
    previous: token,
    body: shape.body ? !endsBody(previous, token) : beginsBody(shape, token),
  };
}

/** Says whether a semicolon ends a statement of this shape. */
export function endsAtSemicolon(shape: StatementShape): boolean {
  return shape.kind === "rule" ? shape.depth <= 0 : !shape.body;
}

function beginning(said: string, heads: StatementHeads): StatementShape {
  const kind = heads.get(said);
  if (kind !== undefined) return { ...head, kind };
  const goesOn = heads.keys().some((it) => it.startsWith(`${said} `));
  return goesOn ? { ...head, previous: said } : plain;
}

function beginsBody({ kind, depth, previous }: StatementShape, token: string): boolean {
  if (kind === "trigger") return token === "begin";
  return kind === "routine" && depth === 0 && previous === "begin" && token === "atomic";
}

/** No statement in a body begins with END, so an END after a semicolon ends the body. */
function endsBody(previous: string, token: string): boolean {
  return token === "end" && (previous === ";" || previous === "atomic");
}
