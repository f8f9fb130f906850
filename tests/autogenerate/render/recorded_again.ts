import { render } from "../../../lib/autogenerate/render/render.ts";
import type { Operation } from "../../../lib/operations/operation.ts";
import type { Operations } from "../../../lib/operations/operations.ts";
import { collect } from "../../../lib/operations/record/record.ts";
import type { NamingConvention } from "../../../lib/schema/naming.ts";
import * as migrate from "../../../mod.ts";

const exported = Object.keys(migrate);

/** Returns what a revision written for `operations` records: what its code cannot express is missing. */
export async function asWritten(
  operations: readonly Operation[],
  dialect: "postgres" | "sqlite" = "postgres",
): Promise<readonly Operation[]> {
  return await recordedAgain(operations.map((it) => render(it)).join("\n"), {}, dialect);
}

/** Returns what `code`, the body of an `upgrade`, records; it can use all that "migrate" exports. */
export async function recordedAgain(
  code: string,
  naming: NamingConvention = {},
  dialect: "postgres" | "sqlite" = "postgres",
): Promise<readonly Operation[]> {
  const source = new Bun.Transpiler({ loader: "ts" }).transformSync(
    `export function upgrade(op: unknown, { ${exported.join(", ")} }) {\n${code}\n}`,
  );
  const module: { upgrade(op: Operations, words: typeof migrate): void } = await import(
    `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`
  );
  return await operationsOf((op) => module.upgrade(op, migrate), naming, dialect);
}

/** Returns what `script` records. */
export async function operationsOf(
  script: (op: Operations) => void,
  naming: NamingConvention = {},
  dialect: "postgres" | "sqlite" = "postgres",
): Promise<readonly Operation[]> {
  const recorded = await collect(script, { dialect, x: {}, tag: undefined, naming });
  return recorded.map((it) => plain(it.operation));
}

/** Returns `operation` without what a call may leave out: its place in the file, and what it replaces. */
export function sayable(operation: Operation): Operation {
  const it = plain(operation);
  if (it.kind === "alterColumn" || it.kind === "alterTable" || !("existing" in it)) return it;
  const { existing: _, ...rest } = it;
  return rest;
}

function plain(operation: Operation): Operation {
  if (operation.kind !== "autocommit") return operation;
  return {
    kind: "autocommit",
    operations: operation.operations.map((it) => ({ operation: plain(it.operation) })),
  };
}
