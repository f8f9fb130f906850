import { tokenize } from "./tokens.ts";

/**
 * Returns what a statement sets `PRAGMA foreign_keys` to, as SQLite reads it: an unknown value is off.
 * Undefined if the statement does not set it.
 */
export function foreignKeysPragma(sql: string): "on" | "off" | undefined {
  if (!/^PRAGMA\b[^]*foreign_keys/i.test(sql)) return undefined;
  const [, ...tokens] = tokenize(sql);
  const own = tokens[1]?.text === "." ? tokens.slice(2) : tokens;
  const [pragma, assigns, sign, number] = own;
  if (pragma?.name?.toLowerCase() !== "foreign_keys") return undefined;
  if (assigns?.text !== "=" && assigns?.text !== "(") return undefined;
  const value = /^[-+]$/.test(sign?.text ?? "") ? number : sign;
  return /^(?:on|yes|true|full|extra|0*[1-9]\d*)$/i.test(value?.name ?? "") ? "on" : "off";
}
