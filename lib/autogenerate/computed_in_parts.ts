import { find } from "../schema/lookup.ts";
import type { Column, QualifiedName, Schema } from "../schema/schema.ts";
import { wholesOf } from "./references.ts";

/**
 * Says whether `whole`, and with it its partitions, has a column that only one of both schemas computes and stores:
 * PostgreSQL makes such a column plain in a table and its partitions, but not in partitions of these.
 */
export function isComputedInOne(whole: QualifiedName, a: Schema, b: Schema): boolean {
  const root = wholesOf(whole, a).at(-1) ?? whole;
  const others = find(b, root)?.columns ?? [];
  return (find(a, root)?.columns ?? []).some((column) => {
    const other = others.find((it) => it.name === column.name);
    return other !== undefined && isStored(column, other) !== isStored(other, column);
  });
}

function isStored({ generated }: Column, other: Column): boolean {
  return generated?.stored === true && other.generated === undefined;
}
