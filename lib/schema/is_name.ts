/** Says whether `name` can name anything. */
export function isName(name: unknown): boolean {
  return typeof name === "string" && name !== "";
}
