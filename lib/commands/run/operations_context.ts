import type { DialectName } from "../../dialect/dialect.ts";
import type { OperationsContext } from "../../operations/operations.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import type { Environment } from "../environment.ts";

/** Returns what revisions may ask of a run, and what the project's own code says. */
export async function operationsContext(
  { config, x }: Environment,
  dialect: DialectName,
  tag: string | undefined,
): Promise<OperationsContext> {
  const { naming } = await loadEnvironment(config.scriptDirectory);
  return { dialect, x, tag, ...(naming && { naming }) };
}
