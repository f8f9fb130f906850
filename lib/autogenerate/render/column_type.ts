import type { ColumnType } from "../../schema/types.ts";
import { type Code, list, optional, word } from "./code.ts";
import { text } from "./literal.ts";
import { nameCode } from "./names.ts";

/** Returns the call that describes `type`. */
export function typeCode(type: ColumnType): Code {
  switch (type.kind) {
    case "integer":
      return word(({ 16: "smallint", 32: "integer", 64: "bigint" } as const)[type.bits]);
    case "numeric":
      return word("numeric", ...numbers(type.precision, type.scale));
    case "float":
      return word(type.bits === 32 ? "real" : "double");
    case "string":
      return word("string", ...numbers(type.length));
    case "time":
      return word("time", ...optional({ timezone: type.timezone ? "true" : undefined }));
    case "timestamp":
      return word(
        "timestamp",
        ...optional({
          timezone: type.timezone ? "true" : undefined,
          precision: type.precision === undefined ? undefined : String(type.precision),
        }),
      );
    case "json":
      return word(type.binary ? "jsonb" : "json");
    case "array":
      return word("array", typeCode(type.of));
    case "enum":
      return word("enumeration", nameCode(type.name), list(type.values.map(text)));
    case "native":
      return word("native", text(type.sql));
    default:
      return word(type.kind);
  }
}

/** Returns the arguments up to the last defined one. */
function numbers(...said: readonly (number | undefined)[]): readonly Code[] {
  const last = said.findLastIndex((it) => it !== undefined);
  return said.slice(0, last + 1).map(String);
}
