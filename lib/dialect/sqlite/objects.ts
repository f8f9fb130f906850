import { showName } from "../../schema/qualified_name.ts";
import type { ObjectIdentity, ObjectKind, SchemaObject } from "../../schema/schema.ts";
import { inWords } from "../../sql/camel_case.ts";
import { quoteName } from "../../sql/quote.ts";
import type { CompiledStatement } from "../dialect.ts";
import { unsupported } from "./unsupported.ts";

/** @throws {ToolError} `operation/unsupported` if SQLite has no objects of the kind. */
export function createObject(
  object: SchemaObject,
  ifNotExists: boolean | undefined,
): CompiledStatement {
  const word = wordOf(object, "create");
  const { definition: { sql } } = object;
  if (!ifNotExists || /^\s*CREATE\s+(?:TEMP\w*\s+)?\w+\s+IF\s+NOT\s+EXISTS\b/i.test(sql)) {
    return { sql };
  }
  const head = new RegExp(`^(\\s*CREATE\\s+(?:TEMP\\w*\\s+)?${word}\\s+)`, "i");
  return { sql: sql.replace(head, "$1IF NOT EXISTS ") };
}

/** @throws {ToolError} `operation/unsupported` if SQLite has no objects of the kind. */
export function dropObject(
  object: ObjectIdentity,
  ifExists: boolean | undefined,
): CompiledStatement {
  const { name, schema = object.on?.schema } = object;
  const full = quoteName(schema === undefined ? { name } : { schema, name });
  return { sql: `DROP ${wordOf(object, "drop")} ${ifExists ? "IF EXISTS " : ""}${full}` };
}

function wordOf(object: ObjectIdentity, doing: string): string {
  if (object.kind === "view" || object.kind === "trigger") return object.kind.toUpperCase();
  throw unsupported(
    `${doing} the ${inWords(object.kind)} "${showName(object)}"`,
    `it has nothing of the kind`,
    instead[object.kind],
  );
}

const instead: Readonly<Record<Exclude<ObjectKind, "view" | "trigger">, string>> = {
  schema: "Leave it out: a file is a schema of its own",
  extension: "Leave it out",
  sequence: "Use an integer primary key, which counts up by itself",
  ownedSequence: "Use an integer primary key, which counts up by itself",
  domain: "Repeat its check on the columns",
  compositeType: "Use json(), or a column for each part",
  function: "Do it in the application, or in a trigger",
  procedure: "Do it in the application, or in op.run",
  materializedView: "Create a view, or a table that execute fills",
  index: "Index the table",
  policy: "Show the rows in a view, and restrict access to the file",
  grant: "Leave it out, and restrict access to the file",
};
