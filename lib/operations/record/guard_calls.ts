import { ToolError } from "../../error.ts";
import { checkIsOptions, checkOptions } from "../../schema/check_options.ts";
import { meantWord } from "../../sql/closest.ts";
import { methodOptions } from "./method_options.ts";
import { batchParameters, operationParameters } from "./method_parameters.ts";

/** What is known about the methods of each object in scripts. The options of `batch` are checked by `op`. */
const guards = {
  op: { parameters: operationParameters, options: methodOptions },
  batch: { parameters: batchParameters, options: undefined },
} as const;

/**
 * Returns `methods` guarded such that using one that does not exist, or with an unknown option or more
 * arguments than it takes, throws an error that tells what does exist: users of Alembic type
 * `op.add_column`, and what JavaScript ignores would be lost.
 *
 * @param name The name of the object in scripts.
 */
export function guardCalls<Methods extends object>(
  name: keyof typeof guards,
  methods: Methods,
): Methods {
  return new Proxy(methods, {
    get: (target, key) => {
      if (typeof key === "symbol") return Reflect.get(target, key);
      if (key in target) return guarded(name, target, key);
      if (asked.has(key)) return undefined;
      throw unknown(name, key, Object.keys(target));
    },
  });
}

export const whereListed =
  "See docs/operations.md for the operations; editors know them from migrate.d.ts";

/** Properties that promises and JSON look for in any object. */
const asked: ReadonlySet<string> = new Set(["then", "toJSON"]);

function guarded(name: keyof typeof guards, target: object, key: string): unknown {
  const method: unknown = Reflect.get(target, key);
  const parameters = parametersOf(name, key);
  if (typeof method !== "function" || parameters === undefined) return method;
  const called = `${name}.${key}`;
  const names = guards[name].options?.get(key);
  const at = parameters.findIndex((it) => it === "options" || it === "change");
  return (...given: readonly unknown[]): unknown => {
    const count = given.findLastIndex((it) => it !== undefined) + 1;
    if (count > parameters.length) throw surplus(called, parameters, count);
    if (names !== undefined) checkOptions(called, given[at], names);
    else checkIsOptions(called, given[at], `Write ${written(called, parameters)}`);
    return Reflect.apply(method, target, given);
  };
}

/** Undefined for what is no method, or takes any number of arguments. */
function parametersOf(name: keyof typeof guards, key: string): readonly string[] | undefined {
  const known: Readonly<Record<string, readonly string[] | null>> = guards[name].parameters;
  return known[key] ?? undefined;
}

function surplus(called: string, parameters: readonly string[], count: number): ToolError {
  const most = `${parameters.length} argument${parameters.length === 1 ? "" : "s"}`;
  return new ToolError(
    "operation/invalid",
    `Cannot call ${called} with ${count}: it takes ${most}`,
    {
      hint: called === "op.execute"
        ? "Put values into the statement: op.execute(sql`… ${value}`)"
        : `Write ${written(called, parameters)}`,
    },
  );
}

function written(called: string, parameters: readonly string[]): string {
  return `${called}(${parameters.map((it) => it === "options" ? "{ … }" : it).join(", ")})`;
}

function unknown(name: string, key: string, names: readonly string[]): ToolError {
  const near = meantWord(key, names);
  return new ToolError("operation/invalid", `Cannot find "${key}" in ${name}`, {
    hint: near === undefined ? whereListed : `Write ${name}.${near}`,
  });
}
