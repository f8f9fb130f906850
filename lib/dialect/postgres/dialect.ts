import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { CompiledStatement, Deferral, Dialect } from "../dialect.ts";
import { changeEnum, readColumnsOfEnum } from "./change_enum.ts";
import { compile } from "./compile.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";

export const postgres: Dialect = {
  name: "postgres",
  compile,
  deferral,
  compileDeferred,
  normalize,
  introspect,
};

/** Which columns have an enum type is in the catalogue. */
function deferral(operation: Operation): Deferral | undefined {
  if (operation.kind !== "changeEnum") return undefined;
  const { schema, name } = operation.name;
  return { subject: JSON.stringify([schema, name]), required: true };
}

async function compileDeferred(
  recorded: readonly Recorded[],
  connection: Queryable,
): Promise<readonly CompiledStatement[]> {
  const statements: CompiledStatement[] = [];
  for (const { operation } of recorded) {
    statements.push(
      ...operation.kind === "changeEnum"
        ? changeEnum(operation, await readColumnsOfEnum(operation.name, connection))
        : compile(operation),
    );
  }
  return statements;
}
