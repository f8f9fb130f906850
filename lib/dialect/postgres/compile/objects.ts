import type { OperationOf } from "../../../operations/operation.ts";
import { roleName } from "../../../schema/objects.ts";
import { isRoutine } from "../../../schema/routine.ts";
import { readExtensionSchema } from "../../../schema/read_definition.ts";
import { nameOf } from "../../../schema/qualified_name.ts";
import type { SchemaObject } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { alterObject } from "./alter_object.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { belongings } from "./belongings.ts";
import { kindWords, objectName } from "./object_names.ts";

export function createObject(
  { object, ifNotExists }: OperationOf<"createObject">,
): readonly CompiledStatement[] {
  const { sql } = object.definition;
  if (object.kind === "extension") return createExtension(sql, ifNotExists);
  if (!ifNotExists) return [{ sql }];
  switch (object.kind) {
    case "schema":
    case "sequence":
    case "materializedView":
    case "index": {
      return [{ sql: unlessThere(sql) }];
    }
    case "view":
    case "function":
    case "procedure":
    case "trigger":
      return replaceObject({ kind: "replaceObject", object });
    default:
      return [{ sql }];
  }
}

/** The schema that it goes to need not be one of those that are compared, and created. */
function createExtension(sql: string, ifNotExists: true | undefined): readonly CompiledStatement[] {
  const schema = readExtensionSchema(sql);
  return [
    ...schema === undefined
      ? []
      : [{ sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}` }],
    { sql: ifNotExists ? unlessThere(sql) : sql },
  ];
}

function unlessThere(sql: string): string {
  const words = /^\s*CREATE\s+(?:(?:MATERIALIZED|UNIQUE|UNLOGGED)\s+)?\w+/i;
  return sql.replace(words, "$& IF NOT EXISTS");
}

export function dropObject(
  { object, ifExists, cascade }: OperationOf<"dropObject">,
): CompiledStatement {
  if (object.kind === "grant") {
    return { sql: `REVOKE ${object.arguments} FROM ${roleName(object.name)}` };
  }
  if (object.kind === "ownedSequence") {
    const name = quoteName(nameOf(object));
    return { sql: `ALTER SEQUENCE ${ifExists ? "IF EXISTS " : ""}${name} OWNED BY NONE` };
  }
  const parts = [
    "DROP",
    kindWords[object.kind],
    ifExists && "IF EXISTS",
    objectName(object),
    cascade && "CASCADE",
  ];
  return { sql: parts.filter(Boolean).join(" ") };
}

/** CREATE OR REPLACE keeps the dependents; an object that has no such statement is dropped and recreated. */
export function replaceObject(
  { object, existing }: OperationOf<"replaceObject">,
): readonly CompiledStatement[] {
  const alteration = existing && alterObject(object, existing);
  if (alteration) return alteration;
  if (object.kind === "sequence") {
    // Its current value is kept.
    const made = createObject({ kind: "createObject", object, ifNotExists: true });
    return [...made, ...alterObject(object, object) ?? []];
  }
  const { sql } = object.definition;
  const replaced = { sql: sql.replace(/^\s*CREATE\s+(?!OR\s)/i, "CREATE OR REPLACE ") };
  const isReplaced = hasOrReplace(object);
  // Replacing a trigger enables it.
  if (isReplaced && object.kind !== "trigger") return [replaced];
  const kept = belongings(object);
  return [
    ...kept ? [kept.note] : [],
    ...isReplaced
      ? [replaced]
      : [dropObject({ kind: "dropObject", object, ifExists: true }), { sql }],
    ...kept ? [kept.putBack] : [],
  ];
}

/** Says whether PostgreSQL has CREATE OR REPLACE for the object. */
function hasOrReplace({ kind, definition }: SchemaObject): boolean {
  return kind === "view" || isRoutine(kind) ||
    (kind === "trigger" && !/^\s*CREATE\s+CONSTRAINT/i.test(definition.sql));
}
