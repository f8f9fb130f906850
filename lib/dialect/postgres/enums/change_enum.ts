import type { OperationOf } from "../../../operations/operation.ts";
import { makeObjectName } from "../../../schema/name_constraints.ts";
import type { ObjectIdentity, QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";
import type { EnumColumn, EnumDefault, EnumUses } from "./enum_uses.ts";
import { belongings } from "../compile/belongings.ts";
import { createEnum } from "./enums.ts";
import { dropObject } from "../compile/objects.ts";
import { alterTable, statement } from "../compile/statements.ts";

/**
 * Returns the statements that recreate an enum type and convert the columns that have it: PostgreSQL cannot
 * remove a value (https://www.postgresql.org/docs/current/sql-altertype.html). The dependents of the type
 * are dropped and recreated.
 */
export function changeEnum(
  { name, values, replaced = {} }: OperationOf<"changeEnum">,
  uses: EnumUses,
): readonly CompiledStatement[] {
  const { columns, defaults, constraints, indexes, objects } = uses;
  const old = { ...name, name: makeObjectName(name.name, undefined, "replaced") };
  const pairs = Object.entries(replaced);
  // The statements that preserve belongings are the same for every type.
  const type: ObjectIdentity = { kind: "compositeType", ...name };
  const noted = [type, ...objects.map((it) => it.dropped)];
  const putBack = (it: ObjectIdentity) => [belongings(it)?.putBack ?? []].flat();
  return [
    ...noted.flatMap((it) => belongings(it)?.note ?? []),
    // A default is of the old type: it is dropped before the column gets the new one.
    ...defaults.map((it) => alterTable(it.table, `${altered(it)} DROP DEFAULT`)),
    ...constraints.map(({ dropped: { table, name } }) =>
      alterTable(table, `DROP CONSTRAINT ${quoteIdentifier(name)}`)
    ),
    ...indexes.map((it) => statement(`DROP INDEX ${quoteName(it.dropped)}`)),
    ...objects.toReversed().map((it) => dropObject({ kind: "dropObject", object: it.dropped })),
    statement(`ALTER TYPE ${quoteName(name)} RENAME TO ${quoteIdentifier(old.name)}`),
    createEnum({ kind: "createEnum", enum: { ...name, values } }),
    ...[...Map.groupBy(columns, (it) => quoteName(it.table))].map(([table, all]) =>
      statement(`ALTER TABLE ${table} ${all.map((it) => retyped(it, name, pairs)).join(", ")}`)
    ),
    statement(`DROP TYPE ${quoteName(old)}`),
    ...putBack(type),
    ...objects.flatMap(({ dropped, statements }) => [
      ...statements.map((it) => statement(it)),
      ...putBack(dropped),
    ]),
    ...[...indexes, ...constraints].flatMap((it) => it.statements).map((it) => statement(it)),
    ...defaults.map((it) =>
      alterTable(it.table, `${altered(it)} SET DEFAULT ${newDefault(it, name, pairs)}`)
    ),
  ];
}

type Replacements = readonly (readonly [from: string, to: string])[];

function altered({ column }: { readonly column: string }): string {
  return `ALTER COLUMN ${quoteIdentifier(column)}`;
}

function retyped(
  { column, isArray }: EnumColumn,
  type: QualifiedName,
  replaced: Replacements,
): string {
  const wanted = typeText(type, isArray);
  const value = converted(quoteIdentifier(column), isArray, replaced);
  return `${altered({ column })} TYPE ${wanted} USING ${value}::${wanted}`;
}

function typeText(type: QualifiedName, isArray: boolean): string {
  return `${quoteName(type)}${isArray ? "[]" : ""}`;
}

/**
 * A constant converts to the new type by itself, without the cast that the server shows; in an expression,
 * constants are replaced.
 */
function newDefault(
  { default: value, isArray }: EnumDefault,
  type: QualifiedName,
  replaced: Replacements,
): string {
  const [, constant] = /^('(?:[^']|'')*')(?:::[\w."\[\] ]+)?$/.exec(value) ?? [];
  if (isArray && constant !== undefined) {
    return replaced.length === 0
      ? constant
      : `${converted(constant, isArray, replaced)}::${typeText(type, isArray)}`;
  }
  const cast = `::${quoteName(type)}`;
  return (isArray === false ? constant ?? value : value)
    .replace(/'(?:[^']|'')*'/g, (literal, at: number, whole: string) => {
      const pair = replaced.find(([from]) => quoteLiteral(from, "postgres") === literal);
      const isOurs = isArray !== undefined || whole.startsWith(cast, at + literal.length);
      return pair && isOurs ? quoteLiteral(pair[1], "postgres") : literal;
    });
}

function converted(value: string, isArray: boolean, replaced: Replacements): string {
  const text = `(${value})::text${isArray ? "[]" : ""}`;
  if (replaced.length === 0) return text;
  const literal = (label: string) => quoteLiteral(label, "postgres");
  if (isArray) {
    return oneByOne(replaced).reduce(
      (sofar, [from, to]) => `array_replace(${sofar}, ${literal(from)}, ${literal(to)})`,
      text,
    );
  }
  const cases = replaced.map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  return `(CASE ${text} ${cases.join(" ")} ELSE ${text} END)`;
}

/** If a value is replaced by one that is itself replaced, all go through temporary values first. */
function oneByOne(replaced: Replacements): Replacements {
  const meets = replaced.some(([, to]) => replaced.some(([from]) => from === to));
  if (!meets) return replaced;
  const aside = (at: number) => `\u0001${at}`;
  return [
    ...replaced.map(([from], at) => [from, aside(at)] as const),
    ...replaced.map(([, to], at) => [aside(at), to] as const),
  ];
}
