import type { Token } from "../../sql/token.ts";

/**
 * Returns what the TypeScript or JavaScript `source` says: its tokens, without comments and the white
 * space between. The end of a line counts where a statement may end with it. `undefined` where it
 * cannot be told for certain.
 *
 * A slash divides where a value has ended, and begins a regular expression elsewhere. What a closing
 * parenthesis or brace has ended is told from what stood before it was opened; where that misleads,
 * the literal that is looked for is most often not there, and nothing is told.
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

/** The last token, and what it was: behind a value a slash divides; behind a word it does not, but its line's end may count. */
interface Seen {
  readonly kind: Kind;
  readonly text: string;
  /** The token before it. */
  readonly before: string;
}

type Kind = "value" | "word" | "operator";

/** What stands open, with what it is when it closes. */
interface Opened {
  /** `$` opens the code in a template. */
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

/** Returns what `text` is behind `seen`, and keeps count of what is open; `undefined` if it closes what is not. */
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
  if (text === "!") return seen.kind === "value" ? "value" : "operator"; // "it is not null"
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

/** Says whether a parenthesis behind `seen` is not of a value, but of a statement. */
function isHead({ text, before }: Seen): boolean {
  return /^(?:if|while|for|with)$/.test(text) && !/^\??\.$/.test(before) ||
    text === "await" && before === "for";
}

/** Says whether a brace behind `seen` opens no object. */
function isBlock({ kind, text }: Seen): boolean {
  if (kind === "word") return text === "else" || text === "do";
  return kind === "value" || /^(?:=>|[;{})])$/.test(text);
}

/** Words that a value follows. */
const operatorWords =
  /^(?:return|typeof|instanceof|in|of|new|delete|void|throw|case|do|else|yield|await|extends|default)$/;

/** Says whether a statement goes on with `text` on a new line, whatever stands before it. */
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
