import type { Node } from "libpg-query";
import type { Grammar } from "./grammar.ts";

/** A statement, and whatever the caller knows of where it is. */
export interface Placed<Place> {
  readonly sql: string;
  readonly place: Place;
}

/** A statement that uses an enum value which the same transaction adds. */
export interface EnumValueUse<Place> {
  readonly kind: "enumValueUse";
  readonly type: string;
  readonly value: string;
  readonly added: Placed<Place>;
  readonly used: Placed<Place>;
  /**
   * The use names the type, and the value is definitely new. Otherwise a string constant merely equals the
   * value, which may be chance.
   */
  readonly certain: boolean;
}

/**
 * Finds, in the statements of one transaction, the uses of enum values that the transaction itself adds
 * with `ALTER TYPE … ADD VALUE`, which PostgreSQL refuses with "unsafe use of new value": a new value can
 * be used only once it is committed, unless its type is new as well.
 * https://www.postgresql.org/docs/current/sql-altertype.html, under "Notes".
 *
 * A use is a string constant that equals the value, in a later statement. It is certain in a cast to the
 * type, and as the default of a column of the type; it is not a use in a cast to another type, nor as the
 * default of a column of another type. The contents of strings (bodies of functions, DO) are ignored.
 */
export function enumValueUses<Place>(
  statements: readonly Placed<Place>[],
  grammar: Grammar,
): readonly EnumValueUse<Place>[] {
  const created: TypeName[] = [];
  const values: NewValue<Place>[] = [];
  const uses: EnumValueUse<Place>[] = [];
  for (const used of statements) {
    const adds = addsEnumValue(used.sql);
    const near = values.filter(({ value }) => mentions(used.sql, value));
    if (!adds && !createsType(used.sql) && near.length === 0) continue;
    const node = grammar.parse(used.sql);
    if (node === undefined) continue;
    for (const { type, value, added, conditional } of near) {
      const found = constants(node, type, "unknown").filter(({ text }) => holds(text, value));
      if (found.length === 0) continue;
      const certain = !conditional && found.some((it) => it.context === "enum");
      uses.push({ kind: "enumValueUse", type: type.join("."), value, added, used, certain });
    }
    if ("CreateEnumStmt" in node) created.push(names(node.CreateEnumStmt.typeName));
    if ("AlterEnumStmt" in node && node.AlterEnumStmt.oldVal === undefined) {
      const { typeName, newVal = "", skipIfNewValExists = false } = node.AlterEnumStmt;
      const type = names(typeName);
      if (created.some((it) => sameType(it, type))) continue;
      values.push({ type, value: newVal, added: used, conditional: skipIfNewValExists });
    }
  }
  return uses;
}

/** Says, cheaply, whether a statement may add a value to an enum. */
export function addsEnumValue(statement: string): boolean {
  return /^alter\b/i.test(statement) && /\badd\b[^']*\bvalue\b/i.test(statement);
}

/** Says, cheaply, whether a statement may create a type. */
export function createsType(statement: string): boolean {
  return /^create\b/i.test(statement) && /\benum\b/i.test(statement);
}

/** Says, cheaply, whether a statement may hold the constant `value`, or an array with it. */
export function mentions(statement: string, value: string): boolean {
  if (value === "") return /''|\$\$/.test(statement);
  const quoted = value.replaceAll("'", "''");
  for (let at = statement.indexOf(quoted); at >= 0; at = statement.indexOf(quoted, at + 1)) {
    const around = statement.charAt(at - 1) + statement.charAt(at + quoted.length);
    if (/^['"{,$ ]['"},$ ]$/.test(around)) return true;
  }
  return false;
}

interface NewValue<Place> {
  readonly type: TypeName;
  readonly value: string;
  readonly added: Placed<Place>;
  /** `IF NOT EXISTS`: it may already have existed. */
  readonly conditional: boolean;
}

interface Constant {
  readonly text: string;
  readonly context: Context;
}

/** Whether a constant is of the enum type: it is, it is not, or only the server can tell. */
type Context = "enum" | "other" | "unknown";

/** Returns the string constants in `tree` that may be of the type named `type`. */
function constants(tree: unknown, type: TypeName, context: Context): readonly Constant[] {
  if (Array.isArray(tree)) return tree.flatMap((it) => constants(it, type, context));
  if (!isObject(tree)) return [];
  return Object.entries(tree).flatMap(([key, child]) => {
    if (key === "A_Const") {
      const text = constantText(child);
      return text === undefined || context === "other" ? [] : [{ text, context }];
    }
    return constants(child, type, contextWithin(key, child, type) ?? context);
  });
}

function contextWithin(key: string, node: unknown, type: TypeName): Context | undefined {
  switch (key) {
    case "TypeCast":
    case "ColumnDef":
      return contextOf(node, type);
    // An expression has a type of its own, wherever it is.
    case "A_Expr":
    case "BoolExpr":
    case "FuncCall":
    case "SubLink":
      return "unknown";
    default:
      return undefined;
  }
}

function contextOf(node: unknown, type: TypeName): Context {
  const typeName = isObject(node) ? node["typeName"] : undefined;
  const named = isObject(typeName) ? typeName["names"] : undefined;
  if (!Array.isArray(named)) return "unknown";
  return sameType(named.map((it) => isObject(it) ? textOf(it["String"]) : ""), type)
    ? "enum"
    : "other";
}

/** Says whether `constant`, as a value or as an array's text, holds `value`. */
function holds(constant: string, value: string): boolean {
  if (constant === value) return true;
  // Splitting at braces and commas finds an empty value in any array.
  return value !== "" && constant.startsWith("{") && constant.split(/[{},"]+/).includes(value);
}

function constantText(constant: unknown): string | undefined {
  return isObject(constant) && "sval" in constant ? textOf(constant["sval"]) : undefined;
}

/** Returns the string of a node; the tree leaves out empty ones. */
function textOf(node: unknown): string {
  const text = isObject(node) ? node["sval"] : undefined;
  return typeof text === "string" ? text : "";
}

/** A name and what qualifies it, outermost first. */
type TypeName = readonly string[];

function names(nodes: readonly Node[] = []): TypeName {
  return nodes.map((it) => "String" in it ? it.String.sval ?? "" : "");
}

/** Unless both are qualified, the names alone are compared. */
function sameType(one: TypeName, other: TypeName): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(-length).join("\0") === other.slice(-length).join("\0");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
