import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";

/** Warns of schemas that the models use but that are not compared, if none are configured. */
export function warnOfSchemas(
  wanted: readonly string[],
  { config }: Environment,
  { defaultSchema, report }: { readonly defaultSchema: string; readonly report: Report },
): void {
  const missing = wanted.filter((it) => it !== defaultSchema);
  if (config.schemas !== undefined || missing.length === 0) return;
  const all = [defaultSchema, ...missing].map((it) => JSON.stringify(it)).join(", ");
  report({
    kind: "warned",
    message: `Not compared: what the models have in the schema${missing.length > 1 ? "s" : ""} ${
      missing.join(", ")
    }`,
    hint: `Set in migrate.toml which schemas are compared: schemas = [${all}]`,
  });
}
