import { nameConstraint, type NamingContext } from "../../schema/naming.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Constraint, QualifiedName } from "../../schema/schema.ts";
import { type Code, fields, list, word } from "./code.ts";
import { text } from "./literal.ts";

/** Returns the name of an object: its parts, where one of them holds a dot. */
export function nameCode(name: QualifiedName): Code {
  return `${name.schema ?? ""}${name.name}`.includes(".") ? partsCode(name) : text(showName(name));
}

/** Returns the name of an object where it has to be said in its parts. */
export function partsCode({ schema, name }: QualifiedName): Code {
  return fields({ schema: schema === undefined ? undefined : text(schema), name: text(name) });
}

export function namesCode(names: readonly string[]): Code {
  return list(names.map(text));
}

/** Returns the name that `constraint` has, marked as final where the project's convention would make another of it. */
export function constraintNameCode(
  { final: _, ...constraint }: Constraint,
  table: QualifiedName,
  naming: NamingContext,
): Code | undefined {
  const { name } = constraint;
  if (name === undefined) return undefined;
  const isKept = nameConstraint(constraint, table, naming).name === name;
  return isKept ? text(name) : word("f", text(name));
}
