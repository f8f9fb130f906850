import { ToolError } from "../../error.ts";
import { checkOptions, type KnownOptions, type OptionNames } from "../../schema/check_options.ts";
import {
  flag,
  list,
  name,
  object,
  orNull,
  qualifiedNames,
  text,
  trueOrNull,
} from "../../schema/option_values.ts";
import { meantWord } from "../../sql/closest.ts";
import type { Operations } from "../operations.ts";

/**
 * Returns `methods` guarded such that using one that does not exist, or with an unknown option, throws
 * an error that lists what does exist: users of Alembic type `op.add_column`.
 *
 * @param name The name of the object in scripts: `op`.
 */
export function guardCalls<Methods extends object>(name: string, methods: Methods): Methods {
  return new Proxy(methods, {
    get: (target, key) => {
      if (typeof key === "symbol" || key in target) return guarded(target, key);
      if (asked.has(key)) return undefined;
      throw unknown(name, key, Object.keys(target));
    },
  });
}

export const whereListed =
  "See docs/operations.md for the operations; editors know them from migrate.d.ts";

/** Properties that promises and JSON look for in any object. */
const asked: ReadonlySet<string> = new Set(["then", "toJSON"]);

function guarded(target: object, key: string | symbol): unknown {
  const method: unknown = Reflect.get(target, key);
  const options = typeof key === "symbol" ? undefined : optionsOf.get(key);
  if (options === undefined || typeof method !== "function") return method;
  return (...given: readonly unknown[]): unknown => {
    checkOptions(`op.${String(key)}`, given[options.at], options.names);
    return Reflect.apply(method, target, given);
  };
}

function unknown(name: string, key: string, names: readonly string[]): ToolError {
  const near = meantWord(key, names);
  return new ToolError("operation/invalid", `Cannot find "${key}" in ${name}`, {
    hint: near === undefined ? whereListed : `Write ${name}.${near}`,
  });
}

interface MethodOptions {
  /** The index of the options argument. */
  readonly at: number;
  readonly names: KnownOptions;
}

type OptionsAt<Method extends keyof Operations, At extends number> = Operations[Method] extends
  (...given: infer Given) => unknown ? NonNullable<Given[At]> : never;

function options<Method extends keyof Operations, const At extends number>(
  method: Method,
  at: At,
  names: OptionNames<OptionsAt<Method, At>>,
): readonly [string, MethodOptions] {
  return [method, { at, names }];
}

const drop = { ifExists: flag, cascade: flag } as const;
const create = { ifNotExists: flag, replace: flag, existing: object } as const;

/** The options that belong to a method; constraints, indexes and objects check their own. */
const optionsOf: ReadonlyMap<string, MethodOptions> = new Map([
  options("dropTable", 1, drop),
  options("alterTable", 1, {
    strict: trueOrNull,
    withoutRowid: trueOrNull,
    autoincrement: trueOrNull,
    unlogged: trueOrNull,
    inherits: orNull(qualifiedNames),
    with: object,
    tablespace: orNull(name),
    existing: object,
  }),
  options("addColumn", 2, { ifNotExists: flag, position: object, constraints: list }),
  options("dropColumn", 2, { ifExists: flag }),
  options("alterColumn", 2, {
    type: true,
    nullable: true,
    serverDefault: true,
    comment: orNull(text),
    using: true,
    collation: orNull(name),
    identity: true,
    generated: orNull(object),
    newName: name,
    existingType: true,
    existingNullable: true,
    existingServerDefault: true,
    existingComment: orNull(text),
    existingCollation: orNull(name),
    existingIdentity: true,
    existingGenerated: orNull(object),
  }),
  options("dropIndex", 1, { table: true, concurrently: flag, ifExists: flag }),
  options("renameIndex", 2, { table: true }),
  options("dropConstraint", 2, { ...drop, existing: object }),
  options("dropEnum", 1, { ifExists: flag }),
  options("addEnumValue", 2, { ifNotExists: flag, before: text, after: text }),
  options("changeEnum", 2, { replaced: object }),
  options("createObject", 1, create),
  options("dropObject", 1, drop),
  options("createSchema", 1, { ifNotExists: flag }),
  options("dropSchema", 1, drop),
  options("dropExtension", 1, drop),
  options("dropSequence", 1, drop),
  options("dropDomain", 1, drop),
  options("createView", 2, create),
  options("dropView", 1, drop),
  options("dropMaterializedView", 1, drop),
  options("createFunction", 2, create),
  options("dropFunction", 1, drop),
  options("createProcedure", 2, create),
  options("dropProcedure", 1, drop),
  options("createTrigger", 3, create),
  options("dropTrigger", 2, drop),
  options("enableRowSecurity", 1, { force: flag }),
  options("dropPolicy", 2, drop),
  options("detachPartition", 2, { concurrently: flag }),
]);
