import { isDeepStrictEqual } from "node:util";
import type { OperationOf } from "../../operations/operation.ts";
import {
  grant,
  identityOf,
  ownedSequence,
  readGrant,
  routineIdentity,
  standing,
} from "../../schema/objects.ts";
import { nameOf, showName } from "../../schema/qualified_name.ts";
import type { ObjectIdentity } from "../../schema/schema.ts";
import { type Call, type Code, fields, method, optional } from "./code.ts";
import { flag } from "./constraint.ts";
import { text } from "./literal.ts";
import { nameCode, partsCode } from "./names.ts";
import { isPlain } from "./object_arguments.ts";
import { methodsOf } from "./object_methods.ts";

/** Returns the call that drops an object, with the method of its kind if that identifies it. */
export function dropObjectCode({ object, ifExists, cascade }: OperationOf<"dropObject">): Code {
  const options = optional({ ifExists: flag(ifExists), cascade: flag(cascade) });
  const call = byName(object);
  // Only the methods named drop… take options: `revoke` and `disownSequence` do not.
  return call === undefined || !call.name.startsWith("drop") && options.length > 0
    ? method("dropObject", fields(identityFields(object)), ...options)
    : method(call.name, ...call.arguments, ...options);
}

/** Returns what identifies an object, as the entries of an object literal. */
export function identityFields(
  { kind, schema, name, on, arguments: types }: ObjectIdentity,
): Readonly<Record<string, Code | undefined>> {
  return {
    kind: text(kind),
    schema: schema === undefined ? undefined : text(schema),
    name: text(name),
    on: on && partsCode(on),
    arguments: types === undefined ? undefined : text(types),
  };
}

/** Returns the call of the kind's own method, if that fully identifies the object. */
function byName(object: ObjectIdentity): Call | undefined {
  const { kind, name, on, arguments: types = "" } = object;
  const methods = methodsOf(kind);
  const call = (meant: ObjectIdentity, ...said: readonly Code[]) =>
    methods && isDeepStrictEqual(meant, object) ? method(methods.drop, ...said) : undefined;
  switch (kind) {
    case "grant": {
      const { privileges, on } = readGrant(object);
      const meant = identityOf(grant(privileges, on, name));
      return call(meant, text(privileges), text(on), text(name));
    }
    case "ownedSequence":
      return on && call(
        identityOf(ownedSequence(object, on, types)),
        nameCode(object),
        nameCode(on),
        text(types),
      );
    case "function":
    case "procedure": {
      if (!isPlain(object)) return undefined;
      const signature = `${showName(object)}(${types})`;
      return call(routineIdentity(kind, signature), text(signature));
    }
    case "trigger":
    case "policy":
      return on && call(standing(kind, name, on), text(name), nameCode(on));
    case "schema":
    case "extension":
      return call({ kind, name }, text(name));
    default:
      return call({ kind, ...nameOf(object) }, nameCode(object));
  }
}
