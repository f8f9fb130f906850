/** Returns `name`, which is in camelCase, as words: `materialized view`. */
export function inWords(name: string): string {
  return apart(name, " ");
}

/**
 * Returns `name`, which is in camelCase, in the snake_case of configuration files and storage
 * parameters: `before_run`.
 */
export function snakeCase(name: string): string {
  return apart(name, "_");
}

function apart(name: string, between: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => between + letter.toLowerCase());
}
