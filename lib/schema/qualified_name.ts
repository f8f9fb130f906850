/** The name of an object, with the schema that holds it; absent: the database's default one. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** A name as a revision writes it: `users`, `app.users`, or its parts where one holds a dot. */
export type NameLike = string | QualifiedName;

/** Returns the parts of `name`; what stands before its first dot is the schema. */
export function qualifiedName(name: NameLike): QualifiedName {
  if (typeof name !== "string") return name;
  const dot = name.indexOf(".");
  return dot < 0 ? { name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) };
}

/** Returns the text of `name` for messages. */
export function showName({ schema, name }: QualifiedName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** Returns the name of `object` alone. */
export function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return schema === undefined ? { name } : { schema, name };
}

/** Says whether both name the same object. An absent schema is the default one, which is not looked up. */
export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && a.schema === b.schema;
}
