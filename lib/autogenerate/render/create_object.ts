import type { SchemaObject } from "../../schema/schema.ts";
import { type Code, fields, method, optional, word } from "./code.ts";
import { identityFields } from "./drop_object.ts";
import { rawCode } from "./expressions.ts";
import { objectArguments } from "./object_arguments.ts";
import { methodOf, optionsOf } from "./object_methods.ts";

/** Returns the call that makes `object`, by the method of its kind where that makes the same. */
export function createObjectCode(
  object: SchemaObject,
  option?: "ifNotExists" | "replace",
): Code {
  const flags = option === undefined ? {} : { [option]: "true" };
  const found = objectArguments(object);
  if (found === undefined) return method("createObject", plainCode(object), ...optional(flags));
  const { required, options } = found;
  if (object.kind === "grant" && option === undefined) return method("grant", ...required);
  const name = methodOf(object.kind);
  const takes = option === undefined || optionsOf(object.kind).includes(option);
  return name !== undefined && takes
    ? method(`create${name}`, ...required, ...optional({ ...options, ...flags }))
    : method(
      "createObject",
      word(found.word, ...required, ...optional(options)),
      ...optional(flags),
    );
}

/** The object as it is. */
function plainCode({ definition, ...identity }: SchemaObject): Code {
  return fields({ ...identityFields(identity), definition: rawCode(definition) });
}
