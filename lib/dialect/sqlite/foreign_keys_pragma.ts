import { tokenize } from "./tokens.ts";

/**
 * Returns what a statement switches foreign keys to with `PRAGMA foreign_keys`, as SQLite reads it: what
 * it does not know is off. Undefined where the statement does not set it.
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
