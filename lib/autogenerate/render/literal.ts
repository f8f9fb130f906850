import { type Code, list } from "./code.ts";

/** Returns a string literal for `value`; one of several lines as a template, which is easier to read. */
export function text(value: string): string {
  if (value.includes("\n")) return `\`${templateText(value)}\``;
  const quoted = JSON.stringify(value);
  const count = (mark: string) => value.split(mark).length;
  if (count('"') <= count("'")) return quoted;
  // As `deno fmt` does: the quotes that need fewer escapes.
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Returns `value` as it is written between backticks. */
export function templateText(value: string): string {
  // deno-lint-ignore no-control-regex -- they are what has to be escaped
  return value.replace(/[\\`]|\$\{|[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu, (it) => {
    if (/^[\\`$]/.test(it)) return `\\${it}`;
    return `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Returns `name` as the key of an object. */
export function keyLiteral(name: string): string {
  if (name === "__proto__") return '["__proto__"]'; // without brackets, it sets the prototype
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name).replace(/^`[^]*`$/, "[$&]");
}

/** @throws {TypeError} For what no literal can express: a function, or an object of a class. */
export function literal(value: unknown): Code {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : objectLiteral(value);
    default:
      throw unsayable(value);
  }
}

function objectLiteral(value: object): Code {
  if (Array.isArray(value)) return list(value.map(literal));
  if (value instanceof Date) return `new Date(${text(value.toISOString())})`;
  if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(", ")}])`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unsayable(value);
  return {
    kind: "fields",
    entries: Object.entries(value).map(([key, it]) => [key, literal(it)] as const),
  };
}

function unsayable(value: unknown): TypeError {
  return new TypeError(`Cannot render ${Object.prototype.toString.call(value)} as a literal`);
}
