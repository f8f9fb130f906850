import type { SchemaObject } from "../../../schema/schema.ts";
import { sequenceClause } from "../../../schema/sequence_clause.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { usualBounds } from "../usual_sequence.ts";
import {
  type Domain,
  readComposite,
  readDomain,
  readSequenceText,
} from "../../../schema/read_definition.ts";

/**
 * Returns the statements that turn `existing` into `object` and leave its dependents alone; undefined if
 * that requires dropping and recreating it.
 */
export function alterObject(
  object: SchemaObject,
  existing: SchemaObject,
): readonly CompiledStatement[] | undefined {
  const texts = [existing.definition.sql, object.definition.sql] as const;
  switch (object.kind) {
    case "sequence":
      return altered("SEQUENCE", object, [everyOption(...texts), ...logging(...texts)]);
    case "domain": {
      const [before, after] = texts.map(readDomain);
      return before && after && altered("DOMAIN", object, domainChanges(before, after));
    }
    case "compositeType": {
      const [before, after] = texts.map(readComposite);
      return before && after && altered("TYPE", object, attributeChanges(before, after));
    }
    default:
      return undefined;
  }
}

function altered(
  word: string,
  object: SchemaObject,
  changes: readonly string[] | undefined,
): readonly CompiledStatement[] | undefined {
  return changes?.map((it) => ({ sql: `ALTER ${word} ${quoteName(object)} ${it}` }));
}

/**
 * Returns all options of a sequence, including those that `after` does not state. Its bounds are written as
 * numbers: next to AS, the server takes NO MAXVALUE for the maximum of the type, even if the sequence descends.
 * A sequence whose old and new ranges do not overlap, as when its direction changes, cannot keep its value.
 */
function everyOption(before: string, after: string): string {
  const [old, made] = [wholeSequence(before), wholeSequence(after)];
  const isOutside = old.maxValue < made.minValue || made.maxValue < old.minValue;
  return [
    `AS ${made.type}`,
    !made.cycle && "NO CYCLE",
    sequenceClause(made),
    isOutside && "RESTART",
  ].filter(Boolean).join(" ");
}

function wholeSequence(sql: string) {
  const said = { type: "bigint", increment: 1, cache: 1, ...readSequenceText(sql) };
  const bits = /^smallint$/i.test(said.type) ? 16 : /^integer$/i.test(said.type) ? 32 : 64;
  const bounded = { ...usualBounds(said, bits), ...said };
  return { start: said.increment < 0 ? bounded.maxValue : bounded.minValue, ...bounded };
}

/** Servers older than 15 have only logged sequences, and no syntax for this. */
function logging(before: string, after: string): readonly string[] {
  const [was, is] = [before, after].map((it) => /^\s*CREATE\s+UNLOGGED\b/i.test(it));
  return was || is ? [`SET ${is ? "UNLOGGED" : "LOGGED"}`] : [];
}

/** https://www.postgresql.org/docs/current/sql-alterdomain.html */
function domainChanges(before: Domain, after: Domain): readonly string[] | undefined {
  if (before.type !== after.type || before.collation !== after.collation) return undefined;
  const isSame = (name: string) => before.checks.get(name) === after.checks.get(name);
  const [gone, made] = [before, after].map(({ checks }) =>
    [...checks.keys()].filter((it) => !isSame(it))
  );
  return [
    ...(gone ?? []).map((it) => `DROP CONSTRAINT ${quoteIdentifier(it)}`),
    before.default !== undefined && after.default === undefined && "DROP DEFAULT",
    before.default !== after.default && after.default && `SET DEFAULT ${after.default}`,
    before.notNull !== after.notNull && `${after.notNull ? "SET" : "DROP"} NOT NULL`,
    ...(made ?? []).map((it) => `ADD CONSTRAINT ${quoteIdentifier(it)} ${after.checks.get(it)}`),
  ].filter((it) => typeof it === "string");
}

/** https://www.postgresql.org/docs/current/sql-altertype.html: attributes are added after the others. */
function attributeChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const kept = [...before.keys()].filter((it) => after.has(it));
  const added = [...after.keys()].filter((it) => !before.has(it));
  const reached = [...kept, ...added];
  if (![...after.keys()].every((it, at) => it === reached[at])) return undefined;
  const name = quoteIdentifier;
  return [
    ...[...before.keys()].filter((it) => !after.has(it)).map((it) => `DROP ATTRIBUTE ${name(it)}`),
    ...kept.filter((it) => before.get(it) !== after.get(it))
      .map((it) => `ALTER ATTRIBUTE ${name(it)} TYPE ${after.get(it)}`),
    ...added.map((it) => `ADD ATTRIBUTE ${name(it)} ${after.get(it)}`),
  ];
}
