import type { ColumnChange } from "../../operations/column_change.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import { showName } from "../../schema/qualified_name.ts";
import { readComposite } from "../../schema/read_definition.ts";
import type { ColumnType } from "../../schema/types.ts";

/**
 * Returns what `operation` destroys that undoing it does not restore: computed values are computed again.
 * The user's own SQL is not examined.
 */
export function losses(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "dropTable":
      return [
        `drops the table ${showName(operation.name)} with ${
          operation.existing?.options?.partitionBy ? "the partitions that it still has" : "its rows"
        }`,
        ...dependants(operation),
      ];
    case "dropColumn":
      return operation.existing?.generated
        ? []
        : [`drops the column ${operation.column} of ${showName(operation.table)} with its values`];
    case "alterColumn":
      return changeLosses(operation.column, operation.change, operation.existing);
    case "changeEnum":
      return Object.entries(operation.replaced ?? {}).map(([from, to]) =>
        `rows that have ${from} get ${to}`
      );
    case "dropObject":
      return [
        ...operation.object.kind === "sequence"
          ? ["drops the sequence with its current value"]
          : [],
        ...dependants(operation),
      ];
    case "replaceObject":
      return attributeLosses(operation);
    case "dropConstraint":
      return dependants(operation);
    default:
      return [];
  }
}

function dependants({ cascade }: { readonly cascade?: true }): readonly string[] {
  return cascade ? ["drops everything that depends on it, too"] : [];
}

/** Dropping attributes of a composite type that is altered in place loses their values. */
function attributeLosses({ object, existing }: OperationOf<"replaceObject">): readonly string[] {
  if (object.kind !== "compositeType" || existing === undefined) return [];
  const [before, after] = [existing, object].map((it) => readComposite(it.definition.sql)?.keys());
  const kept = new Set(after);
  return [...before ?? []].filter((it) => !kept.has(it))
    .map((it) => `drops the attribute ${it} of ${showName(object)} with its values`);
}

function changeLosses(
  column: string,
  { type, generated }: ColumnChange,
  existing: ColumnChange = {},
): readonly string[] {
  if (existing.generated) return [];
  return [
    ...type && !holdsAll(type, existing.type)
      ? [`values of ${column} may not fit its new type`]
      : [],
    ...generated ? [`computes the values of ${column} instead`] : [],
  ];
}

/** Says whether every value of `old` fits `type`; if `old` is not known, none is assumed to. */
function holdsAll(type: ColumnType, old: ColumnType | undefined): boolean {
  if (old === undefined) return false;
  if (type.kind === "array" && old.kind === "array") return holdsAll(type.of, old.of);
  if (type.kind === "text") return old.kind !== "binary";
  switch (old.kind) {
    case "integer":
      return type.kind === "integer" && type.bits >= old.bits ||
        type.kind === "numeric" && type.precision === undefined;
    case "float":
      return type.kind === "float" && type.bits >= old.bits;
    case "string":
      return type.kind === "string" &&
        (type.length ?? Infinity) >= (old.length ?? Infinity);
    case "text":
      return type.kind === "string" && type.length === undefined;
    case "numeric":
      return type.kind === "numeric" && holdsDigits(type, old);
    case "timestamp":
      return type.kind === "timestamp" && type.timezone === old.timezone &&
        (type.precision ?? 6) >= (old.precision ?? 6);
    case "enum":
      return type.kind === "enum" && old.values.every((it) => type.values.includes(it));
    default:
      return JSON.stringify(type) === JSON.stringify(old);
  }
}

function holdsDigits(
  { precision, scale = 0 }: Extract<ColumnType, { kind: "numeric" }>,
  old: Extract<ColumnType, { kind: "numeric" }>,
): boolean {
  if (precision === undefined) return true;
  if (old.precision === undefined) return false;
  const oldScale = old.scale ?? 0;
  return scale >= oldScale && precision - scale >= old.precision - oldScale;
}
