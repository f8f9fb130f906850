/**
 * Returns `text` with its control characters written as `\x1b`: in text from files, servers and
 * names they could move the terminal's cursor or overwrite other lines. Colours stay.
 */
export function visible(text: string): string {
  return text.replace(
    strange,
    (found) => found.length > 1 ? found : `\\x${found.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

// deno-lint-ignore no-control-regex -- they are what is looked for
const strange = /\x1b\[[\d;]*m|\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
