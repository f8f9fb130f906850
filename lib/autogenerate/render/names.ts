import { nameConstraint, type NamingContext } from "../../schema/naming.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Constraint, QualifiedName } from "../../schema/schema.ts";
import { type Code, fields, list, word } from "./code.ts";
import { text } from "./literal.ts";

/** Returns the name of an object: in its parts, if one of them contains a dot. */
export function nameCode(name: QualifiedName): Code {
  return `${name.schema ?? ""}${name.name}`.includes(".") ? partsCode(name) : text(showName(name));
}

/** Returns the name of an object in its parts. */
export function partsCode({ schema, name }: QualifiedName): Code {
  return fields({ schema: schema === undefined ? undefined : text(schema), name: text(name) });
}

export function namesCode(names: readonly string[]): Code {
  return list(names.map(text));
}

/** Returns the name of `constraint`, marked as final if the project's convention would change it. */
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
