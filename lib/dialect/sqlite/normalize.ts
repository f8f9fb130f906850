import { partsOf, placedOn } from "../../schema/index_element.ts";
import type {
  Column,
  Constraint,
  Index,
  Schema,
  SchemaObject,
  Table,
  TableOptions,
} from "../../schema/schema.ts";
import { isInKey } from "../../schema/lookup.ts";
import { anyOf, comment, quotedString, sqliteName, word } from "../../sql/lexemes.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { valuesCondition } from "./column_clause.ts";
import { ownIndex } from "./create_index.ts";
import { rowidKey } from "./create_table.ts";
import { ownConstraint } from "./own_constraint.ts";
import { parseType } from "./parse_type.ts";
import { plainNames } from "./plain_names.ts";
import { foldCase } from "./same_identifier.ts";
import { typeName } from "./type_name.ts";

/** Returns `schema` in SQLite's spelling: several types become one, and there are no comments and no enum types. */
export function normalize(schema: Schema): Schema {
  const views = schema.objects.filter((it) => it.kind === "view");
  const named = new Map([...schema.tables, ...views].map(({ name }) => [foldCase(name), name]));
  const objects = schema.objects.map((it) => normalizeObject(it, named));
  return normalizeSchema({ ...schema, enums: [], objects }, normalizeTable);
}

function normalizeTable({ comment: _, options = {}, ...table }: Table): Table {
  const key = rowidKey({ ...table, options });
  return {
    ...table,
    ...ownOptions(options),
    columns: table.columns.map((it) =>
      it === key ? rowid(it) : {
        ...normalizeColumn(it, options),
        // Without NOT NULL, SQLite keeps its old bug of nulls in a key; our schemas cannot express that.
        nullable: it.nullable && !isInKey(it.name, table.constraints),
      }
    ),
    constraints: [...table.constraints, ...table.columns.flatMap(checkOf)].map((it) =>
      normalizeConstraint(ownConstraint(it, table))
    ),
    indexes: table.indexes.map(normalizeIndex),
  };
}

/** Returns the table options that SQLite has, if any are set. */
export function ownOptions(
  { strict, withoutRowid, autoincrement }: Partial<Record<OwnOption, boolean | undefined>>,
): Pick<Table, "options"> {
  const own: TableOptions = {
    ...(strict && { strict }),
    ...(withoutRowid && { withoutRowid }),
    ...(autoincrement && { autoincrement }),
  };
  return Object.keys(own).length > 0 ? { options: own } : {};
}

type OwnOption = "strict" | "withoutRowid" | "autoincrement";

function rowid({ name }: Column): Column {
  return { name, type: { kind: "integer", bits: 32 }, nullable: false };
}

function normalizeColumn(
  { comment: _, identity, ...column }: Column,
  options: TableOptions,
): Column {
  const { type, default: value, generated } = column;
  return {
    ...column,
    ...(identity && identity !== "none" && { identity }),
    type: parseType(typeName(type, options)),
    ...(value && { default: { sql: value.sql.trim() } }),
    ...(generated && {
      generated: { ...generated, expression: plainNames(generated.expression) },
    }),
  };
}

/** The values of an enum become a check. */
function checkOf({ name, type }: Column): readonly Constraint[] {
  return type.kind === "enum"
    ? [{ kind: "check", expression: { sql: valuesCondition(name, type.values) } }]
    : [];
}

/** RENAME COLUMN quotes the new name in every expression that has it. */
function normalizeConstraint(constraint: Constraint): Constraint {
  if (constraint.kind !== "check") return constraint;
  return { ...constraint, expression: plainNames(constraint.expression) };
}

function normalizeIndex(index: Index): Index {
  const { where, ...own } = ownIndex(index);
  return {
    ...own,
    on: own.on.map((it) => {
      const { on } = partsOf(it);
      return typeof on === "string" ? it : placedOn(it, plainNames(on));
    }),
    ...(where && { where: plainNames(where) }),
  };
}

/**
 * SQLite keeps the text from the name on, and writes the words before it itself. RENAME TABLE quotes the
 * new name wherever the text has it.
 *
 * @param named The names of all tables and views, by their case-folded form.
 */
function normalizeObject(object: SchemaObject, named: ReadonlyMap<string, string>): SchemaObject {
  const sql = object.definition.sql.trim().replace(/;$/, "").replace(
    head,
    (_, word: string) => `CREATE ${word.toUpperCase()} ${quoteIdentifier(object.name)}`,
  ).replaceAll(token, (whole, quoted?: string, bare?: string, at = 0, text = "") => {
    const name = named.get(foldCase(bare ?? quoted?.slice(1, -1) ?? ""));
    if (name === undefined) return whole;
    const isTable = text[at + whole.length] === "." || beforeTable.test(text.slice(0, at));
    return isTable ? quoteIdentifier(name) : whole;
  });
  return { ...object, definition: { sql } };
}

/** The beginning of a CREATE VIEW or CREATE TRIGGER up to its name, in any kind of quotes. */
const head =
  /^CREATE\s+(?:TEMP(?:ORARY)?\s+)?(VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:main\s*\.\s*)?(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\]|'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_$]*)/iu;

/** A string, a comment, a quoted name, a word. */
const token = anyOf(quotedString, comment, `(${sqliteName})`, `(${word})`);

const anyName = `(?:${sqliteName}|${word})`;
/** In a list of tables after FROM, each but the last is followed by a comma. */
const beforeTable = new RegExp(
  String.raw`\b(?:JOIN|INTO|UPDATE|ON|FROM)\s+$|(?<!\bDISTINCT\s+)\bFROM\s+` +
    String.raw`(?:${anyName}(?:\s+(?:AS\s+)?${anyName})?\s*,\s*)+$`,
  "iu",
);
