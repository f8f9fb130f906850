/** Returns the message of `thrown`, which can be any value. It is never empty. */
export function thrownMessage(thrown: unknown): string {
  try {
    return described(thrown);
  } catch {
    return "something that cannot be described";
  }
}

function described(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown) || "an empty string";
  const message = property(thrown, "message");
  const errors = innerErrors(thrown);
  if (typeof message === "string" && message !== "") {
    const isAggregate = thrown instanceof AggregateError && errors !== "";
    return isAggregate ? `${message}: ${errors}` : message;
  }
  // The AggregateError of Promise.any has errors, but a message that says nothing.
  if (errors !== "") return errors;
  return thrown instanceof Error ? String(property(thrown, "name") ?? "Error") : written(thrown);
}

function innerErrors(thrown: object): string {
  const errors = property(thrown, "errors");
  if (!Array.isArray(errors)) return "";
  return errors.filter((it) => it !== thrown).map(thrownMessage).join("; ");
}

/** Returns a property of `value`, which may be anything; `undefined` if it cannot be read. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined; // a getter that throws
  }
}

function written(thrown: object): string {
  try {
    return JSON.stringify(thrown) ?? "an object";
  } catch {
    return "an object";
  }
}
