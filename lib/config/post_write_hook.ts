/** A command that is run on every new revision file. */
export interface PostWriteHook {
  readonly name: string;
  readonly executable: string;
  /** Split into words as by a shell, but nothing is expanded. */
  readonly options: string;
  /** Absolute. */
  readonly cwd: string;
}

/** Returns the command that runs `hook` on the file at `path`. */
export function hookCommand(
  { executable, options }: PostWriteHook,
  path: string,
): readonly string[] {
  const words = splitWords(options);
  const named = words.map((it) => it.replaceAll(fileToken, () => path));
  return options.includes(fileToken) ? [executable, ...named] : [executable, path, ...words];
}

const fileToken = "REVISION_SCRIPT_FILENAME";

/** Splits at white space outside quotes; a backslash escapes the next character. */
function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /\\([^])|"((?:[^"\\]|\\[^])*)"|'([^']*)'/g,
      (_, escaped, double, single) => escaped ?? single ?? double.replace(/\\(["\\])/g, "$1"),
    )
  );
}
