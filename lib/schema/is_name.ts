/** Says whether `name` is a non-empty string. */
export function isName(name: unknown): boolean {
  return typeof name === "string" && name !== "";
}
