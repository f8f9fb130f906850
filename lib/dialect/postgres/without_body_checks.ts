import type { Operation, Recorded } from "../../operations/operation.ts";
import { isRoutine, routineHead } from "../../schema/routine.ts";

/**
 * Returns `inverse`, preceded by a statement that keeps the bodies of routines from being checked if it restores
 * one before it undoes a rename: if the body is a string, it names what has its old name only after that.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-CHECK-FUNCTION-BODIES
 */
export function withoutBodyChecks(inverse: readonly Recorded[]): readonly Recorded[] {
  const isEarly = inverse.some(({ operation }, at) => {
    const body = restoredBody(operation);
    return body !== undefined &&
      inverse.slice(at).flatMap((it) => newName(it.operation)).some((it) => body.includes(it));
  });
  return isEarly ? [{ operation: skipChecks, at: inverse[0]?.at }, ...inverse] : inverse;
}

const skipChecks: Operation = {
  kind: "execute",
  statement: { sql: "SET LOCAL check_function_bodies = false" },
};

function restoredBody(operation: Operation): string | undefined {
  if (operation.kind !== "createObject" && operation.kind !== "replaceObject") return undefined;
  const { kind, definition: { sql } } = operation.object;
  const head = isRoutine(kind) ? routineHead(sql) : undefined;
  return head && sql.slice(head.length);
}

function newName(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "renameTable":
    case "renameColumn":
    case "renameEnumValue":
      return [operation.to];
    default:
      return [];
  }
}
