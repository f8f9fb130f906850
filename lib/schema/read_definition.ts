import { anyOf, quotedName, wholes } from "../sql/lexemes.ts";
import { readIdentifier } from "../sql/quote.ts";
import type { SequenceOptions } from "./schema.ts";

/** The clauses of a CREATE DOMAIN. */
export interface Domain {
  readonly type: string;
  readonly collation?: string;
  readonly default?: string;
  readonly notNull: boolean;
  /** Each `CHECK (…)` by its name. */
  readonly checks: ReadonlyMap<string, string>;
}

/** Returns the schema that a CREATE EXTENSION names. */
export function readExtensionSchema(sql: string): string | undefined {
  const found = new RegExp(`\\sSCHEMA\\s+(${quotedName}|[^\\s"]+)`, "i").exec(sql)?.[1];
  return found === undefined ? undefined : readIdentifier(found);
}

/** Returns the options of a CREATE SEQUENCE. */
export function readSequenceText(sql: string): SequenceOptions & { readonly type?: string } {
  const number = (words: string) => {
    const found = new RegExp(`\\b${words}\\s+(-?\\d+)`, "i").exec(sql)?.[1];
    return found === undefined ? undefined : BigInt(found);
  };
  const type = /\bAS\s+(smallint|integer|bigint)\b/i.exec(sql)?.[1];
  const all = {
    type,
    start: number("START(?:\\s+WITH)?"),
    increment: number("INCREMENT(?:\\s+BY)?"),
    minValue: number("MINVALUE"),
    maxValue: number("MAXVALUE"),
    cache: number("CACHE"),
    cycle: /(?<!NO\s+)\bCYCLE\b/i.test(sql) || undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, it]) => it !== undefined));
}

/** Returns the clauses of a CREATE DOMAIN; undefined if it cannot be parsed or has an unnamed check. */
export function readDomain(sql: string): Domain | undefined {
  const found = /^\s*CREATE\s+DOMAIN\s+(?:"(?:[^"]|"")*"|[^\s"])+\s+AS\s+([^]*)$/i.exec(sql);
  const [, text = ""] = found ?? [];
  const [type = "", ...clauses] = clausesOf(text);
  const domain = { type: type.trim(), notNull: false, checks: new Map<string, string>() };
  let [value, collation]: (string | undefined)[] = [];
  for (const clause of clauses) {
    const [, word = "", rest = ""] = /^(\w+)\s*([^]*?)\s*$/.exec(clause) ?? [];
    const [, name, check] = /^("(?:[^"]|"")*"|\S+)\s+(CHECK\b[^]*)$/i.exec(rest) ?? [];
    if (/^DEFAULT$/i.test(word)) value = rest;
    else if (/^COLLATE$/i.test(word)) collation = rest;
    else if (/^NOT$/i.test(word)) domain.notNull = true;
    else if (/^CONSTRAINT$/i.test(word) && name && check) {
      domain.checks.set(readIdentifier(name), check);
    } else if (!/^NULL$/i.test(word)) return undefined;
  }
  return found === null ? undefined : {
    ...domain,
    ...(value !== undefined && { default: value }),
    ...(collation !== undefined && { collation }),
  };
}

/**
 * Returns the attributes of a CREATE TYPE … AS (…) and their types; undefined if it cannot be parsed.
 */
export function readComposite(sql: string): ReadonlyMap<string, string> | undefined {
  const found = /^\s*CREATE\s+TYPE\s+(?:"(?:[^"]|"")*"|[^\s"])+\s+AS\s*\(([^]*)\)\s*$/i.exec(sql);
  if (found === null) return undefined;
  const attributes = splitTopLevel(found[1] ?? "", (token) => token === ",")
    .map((it) => /^[,\s]*("(?:[^"]|"")*"|\S+)\s+([^]*?)\s*$/.exec(it));
  return new Map(
    attributes.flatMap((it) => it === null ? [] : [[readIdentifier(it[1] ?? ""), it[2] ?? ""]]),
  );
}

/**
 * A clause begins at its keyword, except after DEFAULT and NOT, and at the CHECK of a named constraint.
 */
function clausesOf(text: string): readonly string[] {
  let previous = "";
  let isNamed = false;
  return splitTopLevel(text, (token) => {
    const word = token.toUpperCase();
    const last = previous;
    previous = word;
    if (last === "DEFAULT" || last === "NOT" || last === "CONSTRAINT") return false;
    if (word === "CHECK" && isNamed) {
      isNamed = false;
      return false;
    }
    isNamed ||= word === "CONSTRAINT";
    return clauseWords.has(word);
  });
}

const clauseWords: ReadonlySet<string> = new Set([
  "COLLATE",
  "DEFAULT",
  "NOT",
  "NULL",
  "CONSTRAINT",
  "CHECK",
]);

const lexeme = anyOf(...wholes, String.raw`\S`);

/** Returns `text` split before each token outside parentheses for which `begins` is true. */
function splitTopLevel(text: string, begins: (token: string) => boolean): readonly string[] {
  const starts = [0];
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(lexeme)) {
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth === 0 && begins(token)) starts.push(index);
  }
  return starts.map((start, at) => text.slice(start, starts[at + 1]));
}
