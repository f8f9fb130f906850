import type { Unread } from "../../dialect/dialect.ts";
import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import type { Actual } from "./with_actual_schema.ts";

/**
 * Warns of what the models have that no comparison covers and that the actual schema lacks, and of properties for
 * which it is the other way round: no operation will make them alike.
 */
export async function warnOfUnread(
  wanted: readonly Unread[],
  { config }: Environment,
  { name, dialect, connection }: Actual,
  report: Report,
): Promise<void> {
  const there = await dialect.unread(connection, introspectOptions(config));
  const missing = besides(wanted, there);
  if (missing.length > 0) {
    report({
      kind: "warned",
      message: `Not compared, and missing from ${name}: ${shown(missing)}`,
      hint:
        "migrate does not read objects of this kind; create them in a revision, with op.execute",
    });
  }
  const unwanted = besides(there, wanted).filter((it) => it.isProperty);
  if (unwanted.length > 0) {
    report({
      kind: "warned",
      message: `Not compared, and only in ${name}: ${shown(unwanted)}`,
      hint: 'Check the rows in a revision, with op.execute("ALTER TABLE … VALIDATE CONSTRAINT …")',
    });
  }
}

function besides(all: readonly Unread[], others: readonly Unread[]): readonly Unread[] {
  const texts = new Set(others.map((it) => it.text));
  return all.filter((it) => !texts.has(it.text));
}

function shown(all: readonly Unread[]): string {
  return all.map((it) => it.text).join(", ");
}
