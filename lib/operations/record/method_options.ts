import type { KnownOptions, OptionNames } from "../../schema/check_options.ts";
import {
  collation,
  flag,
  list,
  name,
  object,
  orNull,
  qualifiedNames,
  text,
  trueOrNull,
} from "../../schema/option_values.ts";
import type { Operations } from "../operations.ts";

/** The type of the last parameter. */
type OptionsOf<Method extends keyof Operations> = Operations[Method] extends
  (...given: infer Given) => unknown
  ? Required<Given> extends readonly [...unknown[], infer Last] ? NonNullable<Last> : never
  : never;

function options<Method extends keyof Operations>(
  method: Method,
  names: OptionNames<OptionsOf<Method>>,
): readonly [string, KnownOptions] {
  return [method, names];
}

const drop = { ifExists: flag, cascade: flag } as const;
const create = { ifNotExists: flag, replace: flag, existing: object } as const;

/** The options that belong to a method; constraints, indexes and objects check their own. */
export const methodOptions: ReadonlyMap<string, KnownOptions> = new Map([
  options("dropTable", drop),
  options("alterTable", {
    strict: trueOrNull,
    withoutRowid: trueOrNull,
    autoincrement: trueOrNull,
    unlogged: trueOrNull,
    inherits: orNull(qualifiedNames),
    with: object,
    tablespace: orNull(name),
    existing: object,
  }),
  options("addColumn", { ifNotExists: flag, position: object, constraints: list }),
  options("dropColumn", { ifExists: flag }),
  options("alterColumn", {
    type: true,
    nullable: true,
    serverDefault: true,
    comment: orNull(text),
    using: true,
    collation: orNull(collation),
    identity: true,
    generated: orNull(object),
    newName: name,
    existingType: true,
    existingNullable: true,
    existingServerDefault: true,
    existingComment: orNull(text),
    existingCollation: orNull(collation),
    existingIdentity: true,
    existingGenerated: orNull(object),
  }),
  options("dropIndex", { table: true, concurrently: flag, ifExists: flag }),
  options("renameIndex", { table: true }),
  options("dropConstraint", { ...drop, existing: object }),
  options("dropEnum", { ifExists: flag }),
  options("addEnumValue", { ifNotExists: flag, before: text, after: text }),
  options("changeEnum", { replaced: object }),
  options("createObject", create),
  options("dropObject", drop),
  options("createSchema", { ifNotExists: flag }),
  options("dropSchema", drop),
  options("dropExtension", drop),
  options("dropSequence", drop),
  options("dropDomain", drop),
  options("createView", create),
  options("dropView", drop),
  options("dropMaterializedView", drop),
  options("createFunction", create),
  options("dropFunction", drop),
  options("createProcedure", create),
  options("dropProcedure", drop),
  options("createTrigger", create),
  options("dropTrigger", drop),
  options("enableRowSecurity", { force: flag }),
  options("dropPolicy", drop),
  options("detachPartition", { concurrently: flag }),
]);
