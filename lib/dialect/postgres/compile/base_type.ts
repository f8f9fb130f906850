import type { OperationOf } from "../../../operations/operation.ts";
import { readDomain } from "../../../schema/read_definition.ts";
import type { Schema } from "../../../schema/schema.ts";
import { sameFamily } from "../../../schema/type_family.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { quoteName } from "../../../sql/quote.ts";
import type { Queryable } from "../../../sql/statement.ts";
import { normalizeType } from "../normalize.ts";
import { parseType } from "../parse_type.ts";
import { typeName } from "./type_name.ts";

/** Says whether the conversion of `operation` depends on whether its new type is a domain, and over which type. */
export function needsBaseType({ change, existing, using }: OperationOf<"alterColumn">): boolean {
  if (using || !change.type || !existing?.type) return false;
  const [old, type] = [normalizeType(existing.type), normalizeType(change.type)];
  const element = elementOf(type);
  return !sameFamily(old, type) && element.kind === "native" && !ownTypes.test(element.sql);
}

/** Types of the server's own, none of which is a domain: https://www.postgresql.org/docs/current/datatype.html */
const ownTypes =
  /^(bit( varying)?|character|box|cidr|circle|inet|line|lseg|macaddr8?|money|path|pg_lsn|point|polygon|ts(query|vector)|xml|(int[48]|num|tsz?|date)(multi)?range|oid|name|"char"|reg\w+)(\(\d+\))?$/;

/** Says whether values of `type` are texts, as far as its name says. */
export function isText(type: ColumnType): boolean {
  const { kind, ...element } = elementOf(normalizeType(type));
  if (kind === "text" || kind === "string") return true;
  return "sql" in element && /^character\b/i.test(element.sql);
}

/** Says whether `type` is an enum type, or an array of one. */
export function isEnum(type: ColumnType): boolean {
  return elementOf(type).kind === "enum";
}

/** Says whether values of `type` are bit strings. */
export function isBits(type: ColumnType): boolean {
  const element = elementOf(normalizeType(type));
  return element.kind === "native" && /^bit\b/.test(element.sql);
}

/**
 * Returns the type underlying the domain `type`, through all its layers, according to the database; `type`
 * itself if it is not a domain.
 */
export async function readBaseType(type: ColumnType, connection: Queryable): Promise<ColumnType> {
  const rows = await connection.query({
    sql: `WITH RECURSIVE below(type, modifier) AS (
  SELECT typbasetype, typtypmod FROM pg_type WHERE oid = to_regtype($1) AND typtype = 'd'
  UNION ALL
  SELECT typbasetype, typtypmod FROM below JOIN pg_type ON oid = type AND typtype = 'd'
)
SELECT format_type(type, modifier) AS type FROM below JOIN pg_type ON oid = type AND typtype <> 'd'`,
    parameters: [typeName(elementOf(normalizeType(type)))],
  });
  const [{ type: found = undefined } = {}] = rows;
  return typeof found === "string" ? parseType(found) : type;
}

/**
 * Returns the type underlying the domain `type`, through all its layers, according to `schema`; `type`
 * itself if it is not a domain.
 */
export function baseTypeIn(
  { objects }: Pick<Schema, "objects">,
  type: ColumnType,
): ColumnType {
  const name = typeName(elementOf(normalizeType(type)));
  const domain = objects.find((it) => it.kind === "domain" && quoteName(it) === name);
  const below = domain && readDomain(domain.definition.sql)?.type;
  return below ? baseTypeIn({ objects }, normalizeType({ kind: "native", sql: below })) : type;
}

function elementOf(type: ColumnType): ColumnType {
  return type.kind === "array" ? elementOf(type.of) : type;
}
