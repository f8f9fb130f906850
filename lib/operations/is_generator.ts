/** Says whether `value` is a `function*`: nothing of it runs until its result is asked for what comes next. */
export function isGenerator(value: unknown): boolean {
  return /^\[object (?:Async)?GeneratorFunction\]$/.test(Object.prototype.toString.call(value));
}
