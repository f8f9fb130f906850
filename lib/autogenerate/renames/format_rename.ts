import type { Rename } from "./rename.ts";
import { writeName } from "./written_names.ts";

/** Returns `rename` as the command line writes it: `users:people`, `users.mail:email`. */
export function formatRename(rename: Rename): string {
  return `${writeName(placeOf(rename))}:${writeName([rename.to])}`;
}

function placeOf(rename: Rename): readonly string[] {
  const within = (schema: string | undefined, ...names: readonly string[]) =>
    schema === undefined ? names : [schema, ...names];
  switch (rename.kind) {
    case "table":
      return within(rename.schema, rename.from);
    case "column":
      return within(rename.table.schema, rename.table.name, rename.from);
    case "enumValue":
      return within(rename.enum.schema, rename.enum.name, rename.from);
  }
}
