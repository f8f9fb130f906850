import { ToolError } from "../../error.ts";
import { qualifiedName } from "../../schema/qualified_name.ts";
import type { Ask } from "./ask.ts";
import type { ColumnPosition } from "../column_change.ts";
import type { Operations } from "../operations.ts";

type EnumMethods =
  | "createEnum"
  | "dropEnum"
  | "addEnumValue"
  | "renameEnumValue"
  | "changeEnum";

/** Returns the methods for enum types. */
export function enumOperations<Result>(ask: Ask<Result>): Pick<Operations<Result>, EnumMethods> {
  return {
    createEnum: (name, values) =>
      ask("createEnum", () => [{ kind: "createEnum", enum: { ...qualifiedName(name), values } }]),
    dropEnum: (name, { ifExists } = {}) =>
      ask("dropEnum", () => [
        { kind: "dropEnum", name: qualifiedName(name), ...(ifExists && { ifExists }) },
      ]),
    addEnumValue: (name, value, options = {}) =>
      ask("addEnumValue", () => {
        const place = placeOf(value, options);
        return [{
          kind: "addEnumValue",
          name: qualifiedName(name),
          value,
          ...(place && { place }),
          ...(options.ifNotExists && { ifNotExists: true }),
        }];
      }),
    renameEnumValue: (name, value, to) =>
      ask("renameEnumValue", () => [
        { kind: "renameEnumValue", name: qualifiedName(name), value, to },
      ]),
    changeEnum: (name, values, { replaced } = {}) =>
      ask("changeEnum", () => [
        { kind: "changeEnum", name: qualifiedName(name), values, ...(replaced && { replaced }) },
      ]),
  };
}

function placeOf(
  value: string,
  { before, after }: { readonly before?: string; readonly after?: string },
): ColumnPosition | undefined {
  if (before !== undefined && after !== undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot add the value "${value}": it cannot go both before one value and after another`,
    );
  }
  if (before !== undefined) return { before };
  return after === undefined ? undefined : { after };
}
