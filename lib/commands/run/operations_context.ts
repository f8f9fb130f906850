import type { DialectName } from "../../dialect/dialect.ts";
import type { OperationsContext } from "../../operations/operations.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import type { Environment } from "../environment.ts";

/**
 * Returns what revisions may query about a run, and the naming convention from the project's own
 * code.
 */
export async function operationsContext(
  { config, x }: Environment,
  dialect: DialectName,
  tag: string | undefined,
): Promise<OperationsContext> {
  const { naming } = await loadEnvironment(config.scriptDirectory);
  return { dialect, x, tag, ...(naming && { naming }) };
}
