import { isDeepStrictEqual } from "node:util";
import {
  compositeType,
  domain,
  extension,
  functionObject,
  grant,
  materializedView,
  ownedSequence,
  policy,
  procedure,
  readGrant,
  schema,
  sequence,
  trigger,
  view,
} from "../../schema/objects.ts";
import { nameOf, showName } from "../../schema/qualified_name.ts";
import type { ObjectKind, QualifiedName, SchemaObject } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import type { Code } from "./code.ts";
import { literal, text } from "./literal.ts";
import { nameCode } from "./names.ts";
import { extensionOptions, policyOptions, sequenceOptions } from "./object_clauses.ts";

/** How the function for its kind describes an object: `view("adults", "SELECT …")`. */
export interface ObjectArguments {
  /** The name of the function. */
  readonly word: string;
  readonly required: readonly Code[];
  /** The entries of the options object. */
  readonly options: Readonly<Record<string, Code | undefined>>;
}

/**
 * Returns the arguments that describe exactly `object`; undefined if its statement is not what its
 * kind's function writes.
 */
export function objectArguments(object: SchemaObject): ObjectArguments | undefined {
  const found = readers[object.kind](object);
  return found && isDeepStrictEqual(found.made, object) ? found : undefined;
}

/** A guess at the arguments, with the object that they describe: it is right if that is the given object. */
type Guess = ObjectArguments & { readonly made: SchemaObject };
type Reader = (object: SchemaObject) => Guess | undefined;

const readers: Readonly<Record<ObjectKind, Reader>> = {
  schema: ({ name }) => ({
    word: "schema",
    required: [text(name)],
    options: {},
    made: schema(name),
  }),
  extension: (object) => {
    const { name } = object;
    const options = extensionOptions(behind(object, `CREATE EXTENSION ${quoteIdentifier(name)}`));
    return options && {
      word: "extension",
      required: [text(name)],
      options: literals(options),
      made: extension(name, options),
    };
  },
  sequence: (object) => {
    const name = nameOf(object);
    const options = sequenceOptions(behind(object, `CREATE SEQUENCE ${quoteName(name)}`));
    return options && {
      word: "sequence",
      required: [nameCode(name)],
      options: literals(options),
      made: sequence(name, options),
    };
  },
  ownedSequence: (object) => {
    const { on, arguments: column = "" } = object;
    return on && {
      word: "ownedSequence",
      required: [nameCode(object), nameCode(on), text(column)],
      options: {},
      made: ownedSequence(object, on, column),
    };
  },
  domain: (object) => named("domain", object, domain, ["CREATE DOMAIN ", " AS "]),
  compositeType: (object) =>
    named("compositeType", object, compositeType, ["CREATE TYPE ", " AS (", ")"]),
  view: (object) => named("view", object, view, ["CREATE VIEW ", " AS "]),
  materializedView: (object) =>
    named("materializedView", object, materializedView, ["CREATE MATERIALIZED VIEW ", " AS "]),
  function: (object) => routine("functionObject", object, functionObject),
  procedure: (object) => routine("procedure", object, procedure),
  // There is no function for indexes.
  index: () => undefined,
  trigger: ({ name, on, definition }) =>
    on && {
      word: "trigger",
      required: [text(name), nameCode(on), text(definition.sql)],
      options: {},
      made: trigger(name, on, definition.sql),
    },
  policy: (object) => {
    const { name, on } = object;
    const options = on && policyOptions(
      behind(object, `CREATE POLICY ${quoteIdentifier(name)} ON ${quoteName(on)}`),
    );
    return options && {
      word: "policy",
      required: [text(name), nameCode(on), literal(options)],
      options: {},
      made: policy(name, on, options),
    };
  },
  grant: (object) => {
    const { name } = object;
    const { privileges, on } = readGrant(object);
    return {
      word: "grant",
      required: [text(privileges), text(on), text(name)],
      options: {},
      made: grant(privileges, on, name),
    };
  },
};

function named(
  word: string,
  object: SchemaObject,
  make: (name: ReturnType<typeof nameOf>, rest: string) => SchemaObject,
  [before, between, after = ""]: readonly [string, string, string?],
): Guess | undefined {
  const name = nameOf(object);
  const rest = behind(object, before + quoteName(name) + between);
  if (rest?.endsWith(after) !== true) return undefined;
  const said = rest.slice(0, rest.length - after.length);
  return { word, required: [nameCode(name), text(said)], options: {}, made: make(name, said) };
}

function routine(
  word: string,
  object: SchemaObject,
  make: (signature: string, definition: string) => SchemaObject,
): Guess | undefined {
  const { definition: { sql } } = object;
  if (!isPlain(object)) return undefined;
  const signature = `${showName(object)}(${object.arguments ?? ""})`;
  return {
    word,
    required: [text(signature), text(sql)],
    options: {},
    made: make(signature, sql),
  };
}

/** Says whether a string that names a routine is read as meant: in it, a dot or a parenthesis is a separator. */
export function isPlain({ schema = "", name }: QualifiedName): boolean {
  return !/[.(]/.test(schema + name);
}

/** Returns the rest of the statement after `beginning`, if it begins so. */
function behind({ definition: { sql } }: SchemaObject, beginning: string): string | undefined {
  return sql.startsWith(beginning) ? sql.slice(beginning.length) : undefined;
}

function literals(said: object): Readonly<Record<string, Code>> {
  return Object.fromEntries(Object.entries(said).map(([key, it]) => [key, literal(it)]));
}
