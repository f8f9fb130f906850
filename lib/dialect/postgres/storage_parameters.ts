import { quoteLiteral } from "../../sql/quote.ts";

/** Returns `fillfactor = '70'`, for WITH. */
export function storageParameters(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${quoteLiteral(value, "postgres")}`).join(", ");
}
