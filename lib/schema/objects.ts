/**
 * Objects that have a CREATE statement of their own, as values: for revisions and models.
 *
 * @module
 */
import { ToolError } from "../error.ts";
import { fromFirstWord } from "../sql/first_keyword.ts";
import { quoteIdentifier, quoteName } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";
import { checkOptions, type OptionNames } from "./check_options.ts";
import { expression, raw } from "./expressions.ts";
import { isName } from "./is_name.ts";
import { name as aName, names, oneOf, text } from "./option_values.ts";
import { type NameLike, nameOf, qualifiedName } from "./qualified_name.ts";
import type {
  ObjectIdentity,
  ObjectKind,
  QualifiedName,
  SchemaObject,
  SequenceOptions,
} from "./schema.ts";
import { sequenceClause, sequenceOptions } from "./sequence_clause.ts";

const kinds: Readonly<Record<ObjectKind, true>> = {
  schema: true,
  extension: true,
  sequence: true,
  ownedSequence: true,
  domain: true,
  compositeType: true,
  function: true,
  procedure: true,
  view: true,
  materializedView: true,
  index: true,
  trigger: true,
  policy: true,
  grant: true,
};

/** For messages. */
export const objectKinds: readonly string[] = Object.keys(kinds);

export function isObjectKind(value: unknown): value is ObjectKind {
  return typeof value === "string" && Object.hasOwn(kinds, value);
}

/** A view of `query`: `view("adults", "SELECT * FROM users WHERE age >= 18")`. */
export function view(name: NameLike, query: string | Sql): SchemaObject {
  return made("view", name, (it) => `CREATE VIEW ${it} AS ${expression(query).sql}`);
}

/** A view whose rows are stored, as of its last refresh. */
export function materializedView(name: NameLike, query: string | Sql): SchemaObject {
  return made(
    "materializedView",
    name,
    (it) => `CREATE MATERIALIZED VIEW ${it} AS ${expression(query).sql}`,
  );
}

/** A namespace. */
export function schema(name: string): SchemaObject {
  return made("schema", { name }, (it) => `CREATE SCHEMA ${it}`);
}

/** An extension of PostgreSQL; its objects go to `schema`, which is created if there is none. */
export function extension(
  name: string,
  options: { readonly schema?: string; readonly version?: string } = {},
): SchemaObject {
  checkOptions(`the extension "${name}"`, options, { schema: aName, version: text });
  const { schema, version } = options;
  const words = [
    schema !== undefined && ` SCHEMA ${quoteIdentifier(schema)}`,
    version !== undefined && ` VERSION ${quoteIdentifier(version)}`,
  ].filter(Boolean).join("");
  return made("extension", { name }, (it) => `CREATE EXTENSION ${it}${words}`);
}

/** A sequence of its own: `sequence("invoice_number", { start: 1000 })`. PostgreSQL only. */
export function sequence(name: NameLike, options: SequenceOptions = {}): SchemaObject {
  checkOptions("the sequence", options, sequenceOptions);
  const clause = sequenceClause(options);
  return made("sequence", name, (it) => `CREATE SEQUENCE ${it}${clause && ` ${clause}`}`);
}

/**
 * A column's ownership of a sequence, which is then dropped along with the column, like that of a SERIAL column:
 * `ownedSequence("invoice_number", "invoices", "number")`.
 */
export function ownedSequence(sequence: NameLike, table: NameLike, column: string): SchemaObject {
  checkTexts("the owned sequence", { column });
  const [name, on] = [nameOf(qualifiedName(sequence)), nameOf(qualifiedName(table))];
  const owner = `${quoteName(on)}.${quoteIdentifier(column)}`;
  const sql = `ALTER SEQUENCE ${quoteName(name)} OWNED BY ${owner}`;
  return { kind: "ownedSequence", ...name, on, arguments: column, definition: { sql } };
}

/** A type with constraints of its own: `domain("email", "text CHECK (VALUE LIKE '%@%')")`. */
export function domain(name: NameLike, definition: string): SchemaObject {
  checkTexts("the domain", { definition });
  return made("domain", name, (it) => `CREATE DOMAIN ${it} AS ${raw(definition).sql}`);
}

/** A type with several fields: `compositeType("point", "x integer, y integer")`. */
export function compositeType(name: NameLike, fields: string): SchemaObject {
  checkTexts("the composite type", { "list of fields": fields });
  return made("compositeType", name, (it) => `CREATE TYPE ${it} AS (${raw(fields).sql})`);
}

/**
 * A function, identified by its name and argument types:
 * `functionObject("add(integer, integer)", "CREATE FUNCTION add(a integer, b integer) …")`.
 */
export function functionObject(signature: string, definition: string | Sql): SchemaObject {
  return routine("function", signature, definition);
}

/** A procedure, like `functionObject`. */
export function procedure(signature: string, definition: string | Sql): SchemaObject {
  return routine("procedure", signature, definition);
}

function routine(
  kind: "function" | "procedure",
  signature: string,
  definition: string | Sql,
): SchemaObject {
  return { ...routineIdentity(kind, signature), definition: wholeStatement(definition) };
}

/** Returns the identity of a function or procedure, given as `add(integer, integer)`. */
export function routineIdentity(kind: "function" | "procedure", signature: string): ObjectIdentity {
  checkTexts(`the ${kind}`, { signature });
  const open = signature.indexOf("(");
  const name = open < 0 ? signature : signature.slice(0, open);
  const types = open < 0 ? "" : signature.slice(open + 1, signature.lastIndexOf(")"));
  return { kind, ...qualifiedName(name.trim()), arguments: types.trim() };
}

/** A trigger, given as its whole statement: `CREATE TRIGGER … ON table …`. */
export function trigger(name: string, on: NameLike, definition: string | Sql): SchemaObject {
  return { ...standing("trigger", name, on), definition: wholeStatement(definition) };
}

/** Returns the statement alone: text before its first word may hide which statement it is. */
function wholeStatement(definition: string | Sql): Sql {
  return { sql: fromFirstWord(expression(definition).sql).replace(/[\s;]+$/, "") };
}

/** The options of a policy. */
export interface PolicyOptions {
  /** Default: permissive. */
  readonly as?: "permissive" | "restrictive";
  /** Default: all. */
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  /** Roles; default: everyone. */
  readonly to?: readonly string[];
  /** Which rows are visible. */
  readonly using?: string | Sql;
  /** Which rows may be written. */
  readonly withCheck?: string | Sql;
}

/** A policy of row-level security. */
export function policy(name: string, on: NameLike, options: PolicyOptions = {}): SchemaObject {
  checkOptions(`the policy "${name}"`, options, policyOptions);
  const identity = standing("policy", name, on);
  const sql = [
    `CREATE POLICY ${quoteIdentifier(name)} ON ${quoteName(qualifiedName(on))}`,
    options.as && `AS ${options.as.toUpperCase()}`,
    options.for && `FOR ${options.for.toUpperCase()}`,
    options.to && `TO ${options.to.map(roleName).join(", ")}`,
    options.using !== undefined && `USING (${expression(options.using).sql})`,
    options.withCheck !== undefined && `WITH CHECK (${expression(options.withCheck).sql})`,
  ].filter(Boolean).join(" ");
  return { ...identity, definition: { sql } };
}

const policyOptions: OptionNames<PolicyOptions> = {
  as: oneOf("permissive", "restrictive"),
  for: oneOf("all", "select", "insert", "update", "delete"),
  to: names,
  using: true,
  withCheck: true,
};

/** Privileges of a role: `grant("SELECT, INSERT", "TABLE users", "app")`. Each grant is an object identified by all three. */
export function grant(privileges: string, on: string, role: string): SchemaObject {
  checkTexts("the grant", { "list of privileges": privileges, object: on, role });
  return {
    kind: "grant",
    name: role,
    arguments: `${privileges} ON ${on}`,
    definition: { sql: `GRANT ${privileges} ON ${on} TO ${roleName(role)}` },
  };
}

/** Returns the privileges of a grant, and the object that they are on: `SELECT` and `TABLE users`. */
export function readGrant(
  { arguments: said = "" }: ObjectIdentity,
): { readonly privileges: string; readonly on: string } {
  const [, privileges = "", on = ""] = /^((?:"(?:[^"]|"")*"|[^"])*?) ON ([^]*)$/.exec(said) ?? [];
  return { privileges, on };
}

/** Returns `role` as SQL. Keywords such as `CURRENT_USER` stand for roles but are not names. */
export function roleName(role: string): string {
  return /^(public|current_user|session_user|current_role)$/i.test(role)
    ? role.toUpperCase()
    : quoteIdentifier(role);
}

/** Returns the identity of a trigger or policy, which belongs to the table's schema. */
export function standing(kind: "trigger" | "policy", name: string, on: NameLike): ObjectIdentity {
  return { kind, name, on: qualifiedName(on) };
}

function made(
  kind: ObjectKind,
  name: NameLike,
  definition: (quoted: string) => string,
): SchemaObject {
  const qualified: QualifiedName = qualifiedName(name);
  return { kind, ...qualified, definition: { sql: definition(quoteName(qualified)) } };
}

/** @throws {ToolError} `operation/invalid` if one of `texts` is not text, which JavaScript permits. */
function checkTexts(of: string, texts: Readonly<Record<string, unknown>>): void {
  const missing = Object.keys(texts).find((it) => !isName(texts[it]));
  if (missing === undefined) return;
  throw new ToolError("operation/invalid", `Cannot read ${of}: its ${missing} is not text`);
}

/** Returns the identity of `object`. */
export function identityOf({ definition: _, ...identity }: SchemaObject): ObjectIdentity {
  return identity;
}

/** Says whether both have the same identity, whatever their definitions. */
export function sameObject(a: ObjectIdentity, b: ObjectIdentity): boolean {
  return a.kind === b.kind && a.name === b.name && a.schema === b.schema &&
    a.arguments === b.arguments && a.on?.name === b.on?.name && a.on?.schema === b.on?.schema;
}
