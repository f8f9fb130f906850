/**
 * Says whether `value` is a `function*`: a call only returns an iterator, and runs none of its body.
 */
export function isGenerator(value: unknown): boolean {
  return /^\[object (?:Async)?GeneratorFunction\]$/.test(Object.prototype.toString.call(value));
}
