/**
 * What the words of a statement have said so far about where it ends. Nearly every statement is
 * `plain`: its first semicolon ends it.
 */
export interface StatementShape {
  readonly kind: "head" | "plain" | "copy" | "copyIn" | "rule" | "routine" | "trigger";
  /** How many parentheses are open. */
  readonly depth: number;
  /** The token before, as `advance` took it; of a head, all of them. */
  readonly previous: string;
  /** Inside the body of a routine or trigger, whose semicolons are its own. */
  readonly body: boolean;
}

/** The shape of a statement by how it begins; any other beginning is plain. */
export type StatementHeads = ReadonlyMap<string, StatementShape["kind"]>;

export const head: StatementShape = { kind: "head", depth: 0, previous: "", body: false };
export const plain: StatementShape = { ...head, kind: "plain" };

/**
 * Returns the shape after one more token: a word in lower case, a parenthesis, a semicolon, or
 * nothing for something quoted.
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

/** No statement of a body begins with END, so that an END which follows a semicolon is the body's. */
function endsBody(previous: string, token: string): boolean {
  return token === "end" && (previous === ";" || previous === "atomic");
}
