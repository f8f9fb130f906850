import type { Token } from "../../sql/token.ts";

/**
 * Returns the tokens of the TypeScript or JavaScript `source`, without comments and white space. A
 * line end counts where a statement may end with it. Returns `undefined` if the source cannot be
 * tokenized with certainty.
 *
 * A slash divides after a value, and begins a regular expression elsewhere. Whether a closing
 * parenthesis or brace ends a value is told from what came before the opening one; where that
 * misleads, usually no regular expression matches, and the result is `undefined`.
 */
export function moduleTokens(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const open: Opened[] = [];
  let seen: Seen = { kind: "operator", text: ";", before: ";" };
  let line = 1;
  /** Whether a line has ended since the last token. */
  let broken = false;
  for (let at = 0; at < source.length;) {
    const isGap = matchAt(gap, source, at);
    const text = isGap ?? tokenAt(source, at, seen, open);
    if (text === undefined) return undefined;
    if (isGap !== undefined) broken ||= lineEnds.test(isGap);
    else {
      if (broken && seen.kind !== "operator" && !continues(text)) tokens.push(lineEnd);
      broken = false;
      tokens.push({ text, line });
      const kind = kindOf(text, seen, open);
      if (kind === undefined) return undefined;
      seen = { kind, text, before: seen.text };
    }
    if (lineEnds.test(text)) line += text.match(everyLineEnd)?.length ?? 0;
    at += text.length;
  }
  return open.length === 0 ? tokens : undefined;
}

const lineEnd: Token = { text: "\n", line: undefined };

/**
 * The last token and its kind: after a value a slash divides; after a word it does not, but a line
 * end may count.
 */
interface Seen {
  readonly kind: Kind;
  readonly text: string;
  /** The token before it. */
  readonly before: string;
}

type Kind = "value" | "word" | "operator";

/** An open bracket. */
interface Opened {
  /** `$` opens the code in a template literal. */
  readonly bracket: "(" | "[" | "{" | "$";
  readonly closed: Kind;
}

function tokenAt(
  source: string,
  at: number,
  { kind }: Seen,
  open: readonly Opened[],
): string | undefined {
  const first = source[at];
  if (first === "`" || first === "}" && open.at(-1)?.bracket === "$") {
    return matchAt(templatePart, source, at);
  }
  if (first === "/" && kind !== "value") return matchAt(pattern, source, at);
  return matchAt(plain, source, at);
}

/**
 * Returns the kind of `text` after `seen`, and keeps track of open brackets; `undefined` if it
 * closes one that is not open.
 */
function kindOf(text: string, seen: Seen, open: Opened[]): Kind | undefined {
  const [first = ""] = text;
  switch (first) {
    case "(":
    case "[":
      open.push({ bracket: first, closed: first === "(" && isHead(seen) ? "operator" : "value" });
      return "operator";
    case "{":
      open.push({ bracket: first, closed: isBlock(seen) ? "operator" : "value" });
      return "operator";
    case "`":
      if (text.endsWith("${")) open.push({ bracket: "$", closed: "value" });
      return text.endsWith("${") ? "operator" : "value";
    case ")":
    case "]":
    case "}": {
      const opened = open.pop();
      if (opened === undefined || !closers[opened.bracket].includes(text.slice(-1))) {
        return undefined;
      }
      if (opened.bracket !== "$") {
        return closers[opened.bracket] === text ? opened.closed : undefined;
      }
      if (text.endsWith("${")) open.push(opened);
      return text.endsWith("${") ? "operator" : "value";
    }
  }
  if (text === "++" || text === "--") return "value";
  if (text === "!") return seen.kind === "value" ? "value" : "operator"; // the non-null assertion
  if (!/^(?:[\w$#\\"'/]|\.\d|[\x80-\uffff])/.test(text) || text === "/" || text === "/=") {
    return "operator";
  }
  return operatorWords.test(text) && !/^\??\.$/.test(seen.text) ? "word" : "value";
}

const closers: Readonly<Record<Opened["bracket"], string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  $: "`{",
};

/**
 * Returns whether a parenthesis after `seen` belongs to a statement such as `if`, not to a value.
 */
function isHead({ text, before }: Seen): boolean {
  return /^(?:if|while|for|with)$/.test(text) && !/^\??\.$/.test(before) ||
    text === "await" && before === "for";
}

/** Returns whether a brace after `seen` opens a block, not an object. */
function isBlock({ kind, text }: Seen): boolean {
  if (kind === "word") return text === "else" || text === "do";
  return kind === "value" || /^(?:=>|[;{})])$/.test(text);
}

/** Words that a value follows. */
const operatorWords =
  /^(?:return|typeof|instanceof|in|of|new|delete|void|throw|case|do|else|yield|await|extends|default)$/;

/** Returns whether `text` at the start of a line always continues the statement before it. */
function continues(text: string): boolean {
  return /^(?:[.,;:?)\]}=+\-*%&|^<>]|\/=?$|!==?$)/.test(text) && !/^(?:\+\+|--|\.\.\.)$/.test(text);
}

function matchAt(sticky: RegExp, source: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(source)?.[0];
}

const lineEnds = /[\n\r\u2028\u2029]/;
const everyLineEnd = /\r\n|[\n\r\u2028\u2029]/g;
const gap = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/|(?<![^])#![^\n]*)+/y;
const templatePart = /[`}](?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;
const pattern = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[\w$]*/y;
const plain = new RegExp(
  [
    String.raw`"(?:[^"\\\n\r]|\\[^])*"`,
    String.raw`'(?:[^'\\\n\r]|\\[^])*'`,
    String.raw`\.?\d(?:[eE][+-](?=\d)|[\w$.])*`,
    String.raw`(?:[\w$#\\]|[^\x00-\x7f\s])+`,
    String.raw`>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=`,
    String.raw`=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*`,
    String.raw`[^"'\x60\x00-\x08]`,
  ].join("|"),
  "y",
);
