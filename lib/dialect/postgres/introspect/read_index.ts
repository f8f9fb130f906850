import type {
  Index,
  IndexElement,
  IndexElementParts,
  IndexStorage,
} from "../../../schema/schema.ts";
import { readCollation } from "./collation.ts";
import { type Facts, listOf, namesOf, parametersOf, textOf } from "./facts.ts";
import { withoutParentheses } from "./without_parentheses.ts";
import { settledCasts } from "./settled_casts.ts";

/** Returns the index of a row of `pg_index`. */
export function readIndex(row: Facts): Index {
  const [where, using] = ["where", "using"].map((it) => textOf(row[it]));
  return {
    name: String(row["name"]),
    on: listOf(row["on"]).map((it) => briefly(readElement(it))),
    unique: row["unique"] === true,
    ...(where !== undefined && { where: { sql: settledCasts(where) } }),
    ...(using !== undefined && using !== "btree" && { using }),
    ...(row["nullsNotDistinct"] === true && { nullsNotDistinct: true }),
    ...readStorage(row),
  };
}

/** Returns the storage options of an index, which may be a constraint's. */
export function readStorage(row: Facts): IndexStorage {
  const [include, tablespace] = [namesOf(row["include"]), textOf(row["tablespace"])];
  const parameters = parametersOf(row["parameters"]);
  return {
    ...(include.length > 0 && { include }),
    ...(parameters && { with: parameters }),
    ...(tablespace !== undefined && { tablespace }),
  };
}

/** Returns an element of an index or of an exclusion constraint. */
export function readElement(row: Facts): IndexElementParts {
  const on = textOf(row["column"]) ??
    { sql: withoutParentheses(settledCasts(String(row["expression"]))) };
  const [collation, operatorClass] = [
    readCollation(row["collation"]),
    textOf(row["operatorClass"]),
  ];
  const [descending, nullsFirst] = [row["descending"] === true, row["nullsFirst"] === true];
  const unusual = row["ordered"] === true && nullsFirst !== descending;
  return {
    on,
    ...(collation !== undefined && { collation }),
    ...(operatorClass !== undefined && { operatorClass }),
    ...(descending && { order: "desc" }),
    ...(unusual && { nulls: nullsFirst ? "first" : "last" }),
  };
}

function briefly(element: IndexElementParts): IndexElement {
  return Object.keys(element).length === 1 ? element.on : element;
}
