import type { OperationOf } from "../../operations/operation.ts";
import type { SchemaObject } from "../../schema/schema.ts";
import { type Code, fields, method, optional, word } from "./code.ts";
import { identityFields } from "./drop_object.ts";
import { rawCode } from "./expressions.ts";
import { objectArguments } from "./object_arguments.ts";
import { methodsOf, optionsOf } from "./object_methods.ts";

/** Returns the call that creates `object`, with the method of its kind if that creates the same. */
export function createObjectCode(object: SchemaObject, option?: "ifNotExists"): Code {
  return objectCode(object, option === undefined ? {} : { [option]: "true" }, option);
}

/** Returns the call that replaces `existing` by `object`; `existing` is stated if it is needed to alter it. */
export function replaceObjectCode({ object, existing }: OperationOf<"replaceObject">): Code {
  const isAltered = existing !== undefined && altered.has(object.kind);
  const said = isAltered ? { existing: describedCode(existing) } : {};
  return objectCode(object, { replace: "true", ...said }, "replace");
}

const altered: ReadonlySet<SchemaObject["kind"]> = new Set(["domain", "compositeType", "sequence"]);

function describedCode(object: SchemaObject): Code {
  const found = objectArguments(object);
  return found
    ? word(found.word, ...found.required, ...optional(found.options))
    : plainCode(object);
}

function objectCode(
  object: SchemaObject,
  flags: Readonly<Record<string, Code>>,
  option: "ifNotExists" | "replace" | undefined,
): Code {
  const found = objectArguments(object);
  const described = method("createObject", describedCode(object), ...optional(flags));
  if (found === undefined) return described;
  const { required, options } = found;
  const name = methodsOf(object.kind)?.create;
  const takes = option === undefined || optionsOf(object.kind).includes(option);
  return name !== undefined && takes
    ? method(name, ...required, ...optional({ ...options, ...flags }))
    : described;
}

/** Returns the object as an object literal. */
function plainCode({ definition, ...identity }: SchemaObject): Code {
  return fields({ ...identityFields(identity), definition: rawCode(definition) });
}
