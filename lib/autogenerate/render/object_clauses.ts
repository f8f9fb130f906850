/**
 * Guesses the arguments that make a statement from what follows the name of its object; the caller checks
 * that they make the same statement again.
 *
 * @module
 */
import type { PolicyOptions } from "../../schema/objects.ts";
import type { SequenceOptions } from "../../schema/schema.ts";
import { readIdentifier } from "../../sql/quote.ts";

export function extensionOptions(
  clause = "-",
): { readonly schema?: string; readonly version?: string } | undefined {
  const said = /^(?: SCHEMA (?<schema>\S+))?(?: VERSION (?<version>.+))?$/.exec(clause)?.groups;
  const { schema, version } = said ?? {};
  return said && {
    ...(schema !== undefined && { schema: readIdentifier(schema) }),
    ...(version !== undefined && { version: readIdentifier(version) }),
  };
}

export function sequenceOptions(clause: string | undefined): SequenceOptions | undefined {
  const number = <Key extends string>(words: string, key: Key) => {
    const found = new RegExp(`\\b${words} (-?\\d+)`).exec(clause ?? "")?.[1];
    if (found === undefined) return {};
    const value = Number.isSafeInteger(Number(found)) ? Number(found) : BigInt(found);
    return { [key]: value };
  };
  if (clause === undefined) return undefined;
  return {
    ...number("START WITH", "start"),
    ...number("INCREMENT BY", "increment"),
    ...number("MINVALUE", "minValue"),
    ...number("MAXVALUE", "maxValue"),
    ...number("CACHE", "cache"),
    ...(clause.endsWith(" CYCLE") && { cycle: true }),
  };
}

const policyClause =
  /^(?: AS (?<as>\w+))?(?: FOR (?<command>\w+))?(?: TO (?<roles>.+?))?(?: USING \((?<using>[^]*?)\))?(?: WITH CHECK \((?<withCheck>[^]*)\))?$/;

export function policyOptions(clause = "-"): PolicyOptions | undefined {
  const said = policyClause.exec(clause)?.groups;
  const { as, command, roles, using, withCheck } = said ?? {};
  const kind = oneOf(["permissive", "restrictive"], as);
  const commands = oneOf(["all", "select", "insert", "update", "delete"], command);
  return said && {
    ...(kind && { as: kind }),
    ...(commands && { for: commands }),
    // Keywords that stand for roles are in capitals; a role whose name is in capitals is quoted.
    ...(roles !== undefined && { to: roles.split(", ").map(readIdentifier) }),
    ...(using !== undefined && { using }),
    ...(withCheck !== undefined && { withCheck }),
  };
}

function oneOf<Word extends string>(
  words: readonly Word[],
  said: string | undefined,
): Word | undefined {
  return words.find((it) => it.toUpperCase() === said);
}
