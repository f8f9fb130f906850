import { ToolError } from "../error.ts";

/** The name of an object and of its schema; without one, it is in the database's default schema. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** A name as written in a revision: `users`, `app.users`, or an object if a name contains a dot. */
export type NameLike = string | QualifiedName;

/**
 * Returns the parts of `name`; what comes before the dot is the schema.
 *
 * @throws {ToolError} `operation/invalid` if it has more than one dot, or is not a name at all.
 */
export function qualifiedName(name: NameLike): QualifiedName {
  if (typeof name !== "string") {
    if (typeof name?.name === "string") return name;
    throw new ToolError("operation/invalid", `Cannot read a name: ${kindOf(name)} is not one`);
  }
  const [first = "", second, ...more] = name.split(".");
  if (more.length > 0) {
    throw new ToolError(
      "operation/invalid",
      `Cannot read the name "${name}": it has several dots`,
      {
        hint: "Write { schema, name } where a name contains a dot",
      },
    );
  }
  return second === undefined ? { name: first } : { schema: first, name: second };
}

function kindOf(value: unknown): string {
  return value === null || value === undefined ? String(value) : `this ${typeof value}`;
}

/** Returns the text of `name` for messages. */
export function showName({ schema, name }: QualifiedName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** Returns the name and schema of `object`, without its other properties. */
export function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return schema === undefined ? { name } : { schema, name };
}

/** Returns the `names` that are not among `others`. */
export function namesWithout(
  names: readonly QualifiedName[],
  others: readonly QualifiedName[],
): readonly QualifiedName[] {
  return names.filter((it) => !others.some((one) => sameName(one, it)));
}

/** Says whether both name the same object. An absent schema is not resolved to the default one. */
export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && a.schema === b.schema;
}
