import { ToolError } from "../error.ts";
import { didYouMean } from "../sql/closest.ts";
import { showName } from "./qualified_name.ts";
import type { QualifiedName } from "./schema.ts";

/**
 * Returns the error for an operation on something that does not exist. Its hint is the similar name
 * `among` the existing ones, if there is one; or else all constraints, whose names may be generated.
 */
export function notFound(
  what: "table" | "column" | "constraint" | "index" | "enum type",
  name: string,
  { of, among }: { readonly of?: QualifiedName; readonly among: readonly (string | undefined)[] },
): ToolError {
  const whose = of === undefined ? "" : ` of the table "${showName(of)}"`;
  const names = among.filter((it) => it !== undefined);
  const near = didYouMean(name, names) || (what === "constraint" ? listed(names) : "");
  return new ToolError(
    "operation/invalid",
    `Cannot find the ${what} "${name}"${whose}`,
    near === "" ? {} : { hint: near },
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0
    ? "The table has no constraints"
    : `The table has ${names.map((it) => `"${it}"`).join(", ")}`;
}
