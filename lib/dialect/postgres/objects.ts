import type { OperationOf } from "../../operations/operation.ts";
import { roleName } from "../../schema/objects.ts";
import type { ObjectIdentity, ObjectKind, SchemaObject } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import { alterObject } from "./alter_object.ts";
import { besides } from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";

/** How DROP calls them. */
const words: Readonly<Record<Exclude<ObjectKind, "grant">, string>> = {
  schema: "SCHEMA",
  extension: "EXTENSION",
  sequence: "SEQUENCE",
  domain: "DOMAIN",
  compositeType: "TYPE",
  function: "FUNCTION",
  procedure: "PROCEDURE",
  view: "VIEW",
  materializedView: "MATERIALIZED VIEW",
  index: "INDEX",
  trigger: "TRIGGER",
  policy: "POLICY",
};

export function createObject(
  { object, ifNotExists }: OperationOf<"createObject">,
): readonly CompiledStatement[] {
  const { sql } = object.definition;
  if (!ifNotExists) return [{ sql }];
  switch (object.kind) {
    case "schema":
    case "extension":
    case "sequence":
    case "materializedView":
    case "index": {
      const words = /^\s*CREATE\s+(MATERIALIZED\s+|UNIQUE\s+)?\w+/i;
      return [{ sql: sql.replace(words, "$& IF NOT EXISTS") }];
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

export function dropObject(
  { object, ifExists, cascade }: OperationOf<"dropObject">,
): CompiledStatement {
  if (object.kind === "grant") {
    return { sql: `REVOKE ${object.arguments} FROM ${roleName(object.name)}` };
  }
  const parts = [
    "DROP",
    words[object.kind],
    ifExists && "IF EXISTS",
    objectName(object),
    cascade && "CASCADE",
  ];
  return { sql: parts.filter(Boolean).join(" ") };
}

/** Returns what ALTER and COMMENT call it: `VIEW adults`, `TRIGGER touched ON users`. */
export function objectWords(object: ObjectIdentity): string {
  return object.kind === "grant" ? "" : `${words[object.kind]} ${objectName(object)}`;
}

/** Returns its name as statements have it, with its arguments or with what it stands on. */
export function objectName(object: ObjectIdentity): string {
  if (object.kind === "index" && object.on) return besides(object.on, object.name);
  if (object.on) return `${quoteIdentifier(object.name)} ON ${quoteName(object.on)}`;
  const isRoutine = object.kind === "function" || object.kind === "procedure";
  return quoteName(object) + (isRoutine ? `(${object.arguments ?? ""})` : "");
}

/** CREATE OR REPLACE keeps what depends on it; what has none is dropped and made anew. */
export function replaceObject(
  { object, existing }: OperationOf<"replaceObject">,
): readonly CompiledStatement[] {
  const alteration = existing && alterObject(object, existing);
  if (alteration) return alteration;
  if (object.kind === "sequence") {
    // What it has counted to is kept.
    const made = createObject({ kind: "createObject", object, ifNotExists: true });
    return [...made, ...alterObject(object, object) ?? []];
  }
  if (canReplace(object)) {
    return [{ sql: object.definition.sql.replace(/^\s*CREATE\s+(?!OR\s)/i, "CREATE OR REPLACE ") }];
  }
  return [dropObject({ kind: "dropObject", object, ifExists: true }), {
    sql: object.definition.sql,
  }];
}

function canReplace({ kind, definition }: SchemaObject): boolean {
  return kind === "view" || kind === "function" || kind === "procedure" ||
    (kind === "trigger" && !/^\s*CREATE\s+CONSTRAINT/i.test(definition.sql));
}
