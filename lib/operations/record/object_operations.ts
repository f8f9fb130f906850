import {
  domain,
  extension,
  functionObject,
  grant,
  identityOf,
  materializedView,
  ownedSequence,
  policy,
  procedure,
  routineIdentity,
  schema,
  sequence,
  standing,
  trigger,
  view,
} from "../../schema/objects.ts";
import { qualifiedName } from "../../schema/qualified_name.ts";
import type { ObjectIdentity, SchemaObject } from "../../schema/schema.ts";
import type { Ask } from "./ask.ts";
import type { Operation } from "../operation.ts";
import type { CreateObjectOptions, DropOptions, Operations } from "../operations.ts";

type Named = "Schema" | "Extension" | "Sequence" | "Domain" | "View" | "MaterializedView";
type Other = "Object" | "Function" | "Procedure" | "Trigger" | "Policy";
type Created = `create${Named | Other}` | `drop${Named | Other}`;
type ObjectMethods = Created | "ownSequence" | "disownSequence" | "grant" | "revoke";

/** Returns the methods for objects that have a CREATE statement of their own. */
export function objectOperations<Result>(
  ask: Ask<Result>,
): Pick<Operations<Result>, ObjectMethods> {
  return {
    createObject: (object, options) => ask("createObject", () => create(object, options)),
    dropObject: (object, options) => ask("dropObject", () => drop(object, options)),
    createSchema: (name, options) => ask("createSchema", () => create(schema(name), options)),
    dropSchema: (name, options) => ask("dropSchema", () => drop({ kind: "schema", name }, options)),
    createExtension: (name, { ifNotExists = false, ...options } = {}) =>
      ask("createExtension", () => create(extension(name, options), { ifNotExists })),
    dropExtension: (name, options) =>
      ask("dropExtension", () => drop({ kind: "extension", name }, options)),
    createSequence: (name, { ifNotExists = false, ...options } = {}) =>
      ask("createSequence", () => create(sequence(name, options), { ifNotExists })),
    dropSequence: (name, options) =>
      ask("dropSequence", () => drop({ kind: "sequence", ...qualifiedName(name) }, options)),
    createDomain: (name, definition) => ask("createDomain", () => create(domain(name, definition))),
    dropDomain: (name, options) =>
      ask("dropDomain", () => drop({ kind: "domain", ...qualifiedName(name) }, options)),
    createView: (name, query, options) =>
      ask("createView", () => create(view(name, query), options)),
    dropView: (name, options) =>
      ask("dropView", () => drop({ kind: "view", ...qualifiedName(name) }, options)),
    createMaterializedView: (name, query) =>
      ask("createMaterializedView", () => create(materializedView(name, query))),
    dropMaterializedView: (name, options) =>
      ask(
        "dropMaterializedView",
        () => drop({ kind: "materializedView", ...qualifiedName(name) }, options),
      ),
    createFunction: (signature, definition, options) =>
      ask("createFunction", () => create(functionObject(signature, definition), options)),
    dropFunction: (signature, options) =>
      ask("dropFunction", () => drop(routineIdentity("function", signature), options)),
    createProcedure: (signature, definition, options) =>
      ask("createProcedure", () => create(procedure(signature, definition), options)),
    dropProcedure: (signature, options) =>
      ask("dropProcedure", () => drop(routineIdentity("procedure", signature), options)),
    createTrigger: (name, table, definition, options) =>
      ask("createTrigger", () => create(trigger(name, table, definition), options)),
    dropTrigger: (name, table, options) =>
      ask("dropTrigger", () => drop(standing("trigger", name, table), options)),
    createPolicy: (name, table, options) =>
      ask("createPolicy", () => create(policy(name, table, options))),
    dropPolicy: (name, table, options) =>
      ask("dropPolicy", () => drop(standing("policy", name, table), options)),
    ownSequence: (name, table, column) =>
      ask("ownSequence", () => create(ownedSequence(name, table, column))),
    disownSequence: (name, table, column) =>
      ask("disownSequence", () => undo(ownedSequence(name, table, column))),
    grant: (privileges, on, role) => ask("grant", () => create(grant(privileges, on, role))),
    revoke: (privileges, on, role) => ask("revoke", () => undo(grant(privileges, on, role))),
  };
}

function create(
  object: SchemaObject,
  { ifNotExists, replace, existing }: CreateObjectOptions = {},
): readonly Operation[] {
  if (replace) return [{ kind: "replaceObject", object, ...(existing && { existing }) }];
  return [{ kind: "createObject", object, ...(ifNotExists && { ifNotExists }) }];
}

/** Drops an object that its identity describes completely. */
function undo(object: SchemaObject): readonly Operation[] {
  return [{ kind: "dropObject", object: identityOf(object), existing: object }];
}

function drop(
  object: ObjectIdentity,
  { ifExists, cascade }: DropOptions = {},
): readonly Operation[] {
  return [{
    kind: "dropObject",
    object,
    ...(ifExists && { ifExists }),
    ...(cascade && { cascade }),
  }];
}
