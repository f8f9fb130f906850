import type { ObjectKind } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { besides } from "../../clauses.ts";
import type { Owner } from "../../dialect.ts";

/** The kinds whose statements are not CREATE and DROP. */
type Unnamed = "grant" | "ownedSequence";

/** The keywords for each kind in DROP, ALTER and COMMENT. */
export const kindWords: Readonly<Record<Exclude<ObjectKind, Unnamed>, string>> = {
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

const words = { ...kindWords, table: "TABLE", constraint: "CONSTRAINT" } as const;

/** Returns how ALTER and COMMENT refer to it: `VIEW adults`, `TRIGGER touched ON users`. */
export function objectWords(object: Owner): string {
  if (object.kind === "grant" || object.kind === "ownedSequence") return "";
  return `${words[object.kind]} ${objectName(object)}`;
}

/** Returns its name as statements take it, with its arguments or the table that it is on. */
export function objectName(object: Owner): string {
  if (object.kind === "index" && object.on) return besides(object.on, object.name);
  if (object.on) return `${quoteIdentifier(object.name)} ON ${quoteName(object.on)}`;
  const takesArguments = object.kind === "function" || object.kind === "procedure";
  return quoteName(object) + (takesArguments ? `(${object.arguments ?? ""})` : "");
}
