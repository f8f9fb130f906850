/**
 * Tells the values that `"migrate"` makes from everything else that a module may export.
 *
 * @module
 */
import { isObjectKind } from "../../schema/objects.ts";
import type { SchemaObject, Table } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";

export function isModel(value: object): boolean {
  return isTable(value) || isSchemaObject(value) || isEnumType(value);
}

export function isTable(value: object): value is Table {
  return hasText(value, "name") && hasList(value, "columns") && hasList(value, "constraints") &&
    hasList(value, "indexes");
}

export function isEnumType(value: object): value is Extract<ColumnType, { kind: "enum" }> {
  return "kind" in value && value.kind === "enum" && isTexts(value) && "name" in value &&
    typeof value.name === "object" && value.name !== null && hasText(value.name, "name");
}

export function isSchemaObject(value: object): value is SchemaObject {
  return "kind" in value && isObjectKind(value.kind) && hasText(value, "name") &&
    "definition" in value && typeof value.definition === "object" && value.definition !== null &&
    hasText(value.definition, "sql");
}

function isTexts(value: object): boolean {
  return "values" in value && Array.isArray(value.values) &&
    value.values.every((it) => typeof it === "string");
}

function hasText(value: object, key: string): boolean {
  return typeof Reflect.get(value, key) === "string";
}

function hasList(value: object, key: string): boolean {
  return Array.isArray(Reflect.get(value, key));
}
