/** Returns the offset of the first statement at or after `offset` that is not an import. */
export function skipImports(source: string, offset: number): number {
  let at = skipGap(source, offset);
  for (;;) {
    importStatement.lastIndex = at;
    if (!importStatement.test(source)) return at;
    at = skipGap(source, importStatement.lastIndex);
  }
}

/**
 * Returns the offset of the first character at or after `offset` that is neither white space nor in
 * a comment.
 */
export function skipGap(source: string, offset: number): number {
  gap.lastIndex = offset;
  gap.test(source);
  return gap.lastIndex;
}

/** Returns the offset of the next exported constant after `offset`, or the length of `source`. */
export function nextExport(source: string, offset: number): number {
  if (!declaresConstant(source, offset + 1)) return source.length;
  token.lastIndex = offset + 1;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    if (found[0] === "`") token.lastIndex = templateEnd(source, token.lastIndex);
    if (found[0].startsWith("export")) return found.index;
  }
  return source.length;
}

/**
 * Returns whether `source` may export a constant after `offset`: text in strings and comments
 * counts, too.
 */
export function declaresConstant(source: string, offset: number): boolean {
  exported.lastIndex = offset;
  return exported.test(source);
}

/** A block comment up to its first end, whatever a larger pattern requires after it. */
export const blockComment = String.raw`\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/`;

const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const importStatement = /import\b[^"'`;()]*(["'])[^"'\n]*\1(?:\s*with\s*\{[^}]*\})?\s*;?/y;
const exported = /\bexport\s+(?:const|let|var)\b/g;

const comment = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const string = String.raw`"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'`;
// A slash where no value can end begins a regular expression, in which quotes mean nothing.
const pattern = String
  .raw`(?<=(?:^|[=(,:;!&|?{}[\]>+*%~^-]|\breturn)\s*)\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/`;
const token = new RegExp(`${comment}|${string}|\`|${pattern}|${exported.source}`, "g");
const nestedToken = new RegExp(`${comment}|${string}|[\`{}]|${pattern}`, "g");
const templatePart = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{|$)/y;

/** Returns the offset after the template literal whose text begins at `offset`. */
function templateEnd(source: string, offset: number): number {
  templatePart.lastIndex = offset;
  const opened = templatePart.exec(source)?.[1] === "${";
  return opened
    ? templateEnd(source, bracedEnd(source, templatePart.lastIndex))
    : templatePart.lastIndex;
}

/** Returns the offset after the brace that closes the code beginning at `offset`. */
function bracedEnd(source: string, offset: number): number {
  nestedToken.lastIndex = offset;
  for (let depth = 1; depth > 0;) {
    const found = nestedToken.exec(source)?.[0];
    if (found === undefined) return source.length;
    if (found === "{") depth++;
    if (found === "}") depth--;
    if (found === "`") nestedToken.lastIndex = templateEnd(source, nestedToken.lastIndex);
  }
  return nestedToken.lastIndex;
}
