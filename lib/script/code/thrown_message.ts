/** Returns the message of `thrown`, which can be any value. It is never empty. */
export function thrownMessage(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown) || "an empty string";
  const message: unknown = Reflect.get(thrown, "message");
  if (typeof message === "string" && message !== "") return message;
  // The AggregateError of Promise.any has errors, but a message that says nothing.
  const errors: unknown = Reflect.get(thrown, "errors");
  if (Array.isArray(errors) && errors.length > 0) return errors.map(thrownMessage).join("; ");
  return thrown instanceof Error ? thrown.name : written(thrown);
}

function written(thrown: object): string {
  try {
    return JSON.stringify(thrown) ?? "an object";
  } catch {
    return "an object";
  }
}
