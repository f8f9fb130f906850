import { sameName } from "../../schema/qualified_name.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Models } from "./read_models.ts";
import { isSayable } from "./with_unsaid.ts";

/**
 * Returns `models` with what they may use from `live` but cannot declare: its extensions, types and functions,
 * and the views that they only name. Models that can declare everything include all that they use.
 */
export function withSurroundings(models: Models, live: Schema | undefined): Models {
  if (models.isWhole || live === undefined) return models;
  const surroundings = live.objects.filter((it) =>
    it.on === undefined &&
    (!isSayable(it.kind) || models.existing.some((name) => isView(it) && sameName(name, it)))
  );
  return {
    ...models,
    steps: models.steps.map((it) => it.kind === "schema" ? { ...it, surroundings } : it),
  };
}

function isView({ kind }: Schema["objects"][number]): boolean {
  return kind === "view" || kind === "materializedView";
}
