import { isRoutine } from "../../../schema/routine.ts";
import type { ObjectIdentity, ObjectKind } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { besides } from "../../clauses.ts";

/** What DROP, ALTER and COMMENT call them. */
export const kindWords: Readonly<Record<Exclude<ObjectKind, "grant">, string>> = {
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

/** Returns what ALTER and COMMENT call the object: `VIEW adults`, `TRIGGER touched ON users`. */
export function objectWords(object: ObjectIdentity): string {
  return object.kind === "grant" ? "" : `${kindWords[object.kind]} ${objectName(object)}`;
}

/** Returns the name of the object as statements have it, with its arguments or with what it stands on. */
export function objectName(object: ObjectIdentity): string {
  if (object.kind === "index" && object.on) return besides(object.on, object.name);
  if (object.on) return `${quoteIdentifier(object.name)} ON ${quoteName(object.on)}`;
  return quoteName(object) + (isRoutine(object.kind) ? `(${object.arguments ?? ""})` : "");
}
