import type { Capabilities } from "../../lib/autogenerate/capabilities.ts";
import { diff } from "../../lib/autogenerate/diff.ts";
import { followed } from "../../lib/autogenerate/renames/followed.ts";
import { type Rename, renameOperations } from "../../lib/autogenerate/renames/rename.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";

/** Returns `renames`, and what turns their predicted result into `b`. */
export function diffRenamed(
  a: Schema,
  b: Schema,
  renames: readonly Rename[],
  capabilities: Partial<Capabilities> = {},
): readonly Operation[] {
  const first = renameOperations(renames);
  const renamed = first.reduce((schema, it) => apply(it, schema), a);
  return [...first, ...diff(followed(renamed, b, first), b, capabilities)];
}
