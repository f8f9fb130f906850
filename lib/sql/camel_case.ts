/** Returns the words of `name`, which is in camelCase: `materialized view`. */
export function inWords(name: string): string {
  return apart(name, " ");
}

/** Returns `name`, which is in camelCase, as configuration files and storage parameters have it: `before_run`. */
export function snakeCase(name: string): string {
  return apart(name, "_");
}

function apart(name: string, between: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => between + letter.toLowerCase());
}
