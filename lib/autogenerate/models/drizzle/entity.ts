/**
 * Access to Drizzle's objects, which to us are values of a foreign library, in whatever version the project
 * has. They describe themselves under symbols that are the same in all its copies.
 *
 * @module
 */
import { ToolError } from "../../../error.ts";

const kind = Symbol.for("drizzle:entityKind");

/**
 * Returns Drizzle's names of `value`: that of its class, then those of its base classes; empty if it is not
 * Drizzle's.
 */
export function entityKinds(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const found: string[] = [];
  // Not `value.constructor`: some of these are proxies, which take that for a column.
  let made: unknown = field(Object.getPrototypeOf(value), "constructor");
  while (typeof made === "function") {
    const own: unknown = Object.hasOwn(made, kind) ? Reflect.get(made, kind) : undefined;
    if (typeof own === "string") found.push(own);
    made = Object.getPrototypeOf(made);
  }
  return found;
}

export function isEntity(value: unknown, ...names: readonly string[]): boolean {
  const kinds = entityKinds(value);
  return names.some((it) => kinds.includes(it));
}

/** Returns the property `key` of `value`; undefined if it has none, or is not an object. */
export function field(value: unknown, key: PropertyKey): unknown {
  const isObject = typeof value === "object" || typeof value === "function";
  return isObject && value !== null ? Reflect.get(value, key) : undefined;
}

/** Returns the property of `value` under a symbol of Drizzle's. */
export function internal(value: unknown, name: string): unknown {
  return field(value, Symbol.for(`drizzle:${name}`));
}

export function textOf(value: unknown, key: PropertyKey): string | undefined {
  const found = field(value, key);
  return typeof found === "string" ? found : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Calls the method `name` of `value`.
 *
 * @throws {ToolError} If this version of Drizzle does not have it.
 */
export function call(value: unknown, name: string, ...args: readonly unknown[]): unknown {
  const method = field(value, name);
  if (typeof method === "function") return Reflect.apply(method, value, args);
  throw unknownVersion(`${entityKinds(value)[0] ?? "a value"} has no ${name}()`);
}

/** Returns the error for a Drizzle object that is not as expected. */
export function unknownVersion(found: string): ToolError {
  return new ToolError("models/invalid", `Cannot read the Drizzle models: ${found}`, {
    hint: "Versions 0.36 to 0.45 of drizzle-orm are known to work",
  });
}
