import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import type { Actual } from "./with_actual_schema.ts";

/**
 * Warns of objects of the models that no comparison covers and that the actual schema lacks: no
 * operation will create them.
 */
export async function warnOfUnread(
  wanted: readonly string[],
  { config }: Environment,
  { name, dialect, connection }: Actual,
  report: Report,
): Promise<void> {
  if (wanted.length === 0) return;
  const there = new Set(await dialect.unread(connection, introspectOptions(config)));
  const missing = wanted.filter((it) => !there.has(it));
  if (missing.length === 0) return;
  report({
    kind: "warned",
    message: `Not compared, and missing from ${name}: ${missing.join(", ")}`,
    hint: "migrate does not read objects of this kind; create them in a revision, with op.execute",
  });
}
