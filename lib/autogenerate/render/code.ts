/**
 * Rendering: operations as the code that a careful person would write. The code is built as a tree first:
 * its content is decided apart from its layout, and the names that it imports are read from it.
 *
 * @module
 */

/** A piece of TypeScript. A string is literal code; it may contain line breaks. */
export type Code = string | Call | Tagged | List | Fields | Block;

export interface Call {
  readonly kind: "call";
  /** What the function belongs to: `op`, or the names that a revision imports. */
  readonly of: "op" | "migrate";
  readonly name: string;
  readonly arguments: readonly Code[];
  /** Each argument is on a line of its own, however short. */
  readonly spread?: true;
}

/** A template with an imported function as its tag: sql`…`. */
export interface Tagged {
  readonly kind: "tagged";
  readonly tag: string;
  /** Including its backticks. */
  readonly template: string;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Code[];
  readonly spread?: true;
}

/** An object. */
export interface Fields {
  readonly kind: "fields";
  readonly entries: readonly (readonly [key: string, value: Code])[];
}

/** A function without parameters. */
export interface Block {
  readonly kind: "block";
  readonly statements: readonly CodeStatement[];
}

/** A statement, and the comments above it. */
export interface CodeStatement {
  readonly notes: readonly string[];
  readonly code: Code;
}

/** Returns a call of a method of `op`. */
export function method(name: string, ...said: readonly Code[]): Call {
  return { kind: "call", of: "op", name, arguments: said };
}

/** Returns a call of a function that a revision imports. */
export function word(name: string, ...said: readonly Code[]): Call {
  return { kind: "call", of: "migrate", name, arguments: said };
}

export function list(items: readonly Code[]): List {
  return { kind: "list", items };
}

/** Returns an object with the entries of `said` that have a value. */
export function fields(said: Readonly<Record<string, Code | undefined>>): Fields {
  const entries = Object.entries(said).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const]
  );
  return { kind: "fields", entries };
}

/** Returns the object as an optional last argument: none if it would be empty. */
export function optional(said: Readonly<Record<string, Code | undefined>>): readonly Code[] {
  const object = fields(said);
  return object.entries.length === 0 ? [] : [object];
}

/** Returns the names that `code` imports, once for each use. */
export function importedNames(code: Code): readonly string[] {
  if (typeof code === "string") return [];
  switch (code.kind) {
    case "call": {
      const own = code.of === "migrate" ? [code.name] : [];
      return [...own, ...code.arguments.flatMap(importedNames)];
    }
    case "tagged":
      return [code.tag];
    case "list":
      return code.items.flatMap(importedNames);
    case "fields":
      return code.entries.flatMap(([, value]) => importedNames(value));
    case "block":
      return code.statements.flatMap((it) => importedNames(it.code));
  }
}
