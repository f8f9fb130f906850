import type { Index, IndexElement } from "../../../schema/schema.ts";
import { type Facts, listOf, namesOf, parametersOf, textOf } from "./facts.ts";
import { withoutParentheses } from "./without_parentheses.ts";

/** Returns what a row of `pg_index` says. */
export function readIndex(row: Facts): Index {
  const [where, using, tablespace] = ["where", "using", "tablespace"].map((it) => textOf(row[it]));
  const include = namesOf(row["include"]);
  const parameters = parametersOf(row["parameters"]);
  return {
    name: String(row["name"]),
    on: listOf(row["on"]).map(readElement),
    unique: row["unique"] === true,
    ...(where !== undefined && { where: { sql: where } }),
    ...(using !== undefined && using !== "btree" && { using }),
    ...(include.length > 0 && { include }),
    ...(row["nullsNotDistinct"] === true && { nullsNotDistinct: true }),
    ...(parameters && { with: parameters }),
    ...(tablespace !== undefined && { tablespace }),
  };
}

function readElement(row: Facts): IndexElement {
  const on = textOf(row["column"]) ?? { sql: withoutParentheses(String(row["expression"])) };
  const [collation, operatorClass] = [textOf(row["collation"]), textOf(row["operatorClass"])];
  const [descending, nullsFirst] = [row["descending"] === true, row["nullsFirst"] === true];
  const unusual = row["ordered"] === true && nullsFirst !== descending;
  if (collation === undefined && operatorClass === undefined && !descending && !unusual) return on;
  return {
    on,
    ...(collation !== undefined && { collation }),
    ...(operatorClass !== undefined && { operatorClass }),
    ...(descending && { order: "desc" }),
    ...(unusual && { nulls: nullsFirst ? "first" : "last" }),
  };
}
