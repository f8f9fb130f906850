import { ToolError } from "../error.ts";

/** The name of an object and its schema; absent: the database's default one. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** A name as a revision writes it: `users`, `app.users`, or its parts if one contains a dot. */
export type NameLike = string | QualifiedName;

/**
 * Returns the parts of `name`; what stands before its dot is the schema.
 *
 * @throws {ToolError} `operation/invalid` if it has more dots than one, or is no name at all.
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

/** Returns the name of `object` alone. */
export function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return schema === undefined ? { name } : { schema, name };
}

/** Returns those of `names` that are not among `others`. */
export function namesWithout(
  names: readonly QualifiedName[],
  others: readonly QualifiedName[],
): readonly QualifiedName[] {
  return names.filter((it) => !others.some((one) => sameName(one, it)));
}

/** Says whether both name the same object. An absent schema is the default one, which is not looked up. */
export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && a.schema === b.schema;
}
