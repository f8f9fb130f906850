import { ToolError } from "../../error.ts";
import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Location, Queryable } from "../../sql/statement.ts";
import type { CompiledStatement, Deferral, Dialect } from "../dialect.ts";
import { changeEnum } from "./change_enum.ts";
import { asWritten } from "./as_written.ts";
import { compile } from "./compile.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";
import { readEnumUses } from "./read_enum_uses.ts";

export const postgres: Dialect = {
  name: "postgres",
  compile,
  deferral,
  compileDeferred,
  asWritten,
  normalize,
  introspect,
};

/** What uses an enum type is in the catalogue: each change is compiled from what the one before it left. */
function deferral(operation: Operation): Deferral | undefined {
  if (operation.kind !== "changeEnum") return undefined;
  const { name, values, replaced } = operation;
  return { subject: JSON.stringify([name.schema, name.name, values, replaced]), required: true };
}

async function compileDeferred(
  recorded: readonly Recorded[],
  connection: Queryable,
): Promise<readonly CompiledStatement[]> {
  const statements: CompiledStatement[] = [];
  for (const { operation, at } of recorded) {
    const compiled = operation.kind === "changeEnum"
      ? changeEnum(operation, await placed(at, () => readEnumUses(operation.name, connection)))
      : compile(operation);
    statements.push(...compiled.map((it) => ({ ...it, at })));
  }
  return statements;
}

async function placed<Result>(
  at: Location | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ToolError ? error.with({ ...at }) : error;
  }
}
