import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { refuseBroken } from "../../dialect/sqlite/references/broken_references.ts";
import type { Operation } from "../../operations/operation.ts";
import { sameObject } from "../../schema/objects.ts";
import { showName } from "../../schema/qualified_name.ts";
import { emptySchema, type Schema, type SchemaObject } from "../../schema/schema.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { capabilitiesOf } from "../capabilities.ts";
import { diff } from "../diff.ts";
import { refusal } from "./refusal.ts";
import { runOnScratch } from "./run_on_scratch.ts";

/**
 * Creates `schema` on `scratch`, and as much of `surroundings` as possible with it. In some cases only the SQL
 * of a part tells what it needs, and that is not always understood: whatever fails is retried after the rest.
 *
 * @throws {ToolError} `models/invalid` for what the database rejects, `operation/unsupported` for what it
 * cannot have.
 */
export async function createSchema(
  schema: Schema,
  scratch: Scratch,
  dialect: Dialect,
  surroundings: readonly SchemaObject[] = [],
): Promise<void> {
  const all = { ...schema, objects: [...surroundings, ...schema.objects] };
  const wanted = dialect.name === "postgres" ? await withNamespaces(all, scratch) : all;
  const operations = diff(emptySchema, dialect.normalize(wanted), capabilitiesOf(dialect.name));
  let waiting = operations.map((operation) => ({
    operation,
    statements: dialect.compile(operation),
  }));
  while (waiting.length > 0) {
    const refused = await runOnScratch(waiting, scratch);
    if (refused.length === waiting.length) {
      const first = refused.find(({ item }) => !isOneOf(item.operation, surroundings));
      if (first === undefined) return;
      const doing = `create ${describe(first.item.operation)} of the models`;
      throw refusal(first.error, { doing, scratch });
    }
    waiting = refused.map((it) => it.item);
  }
  if (dialect.name !== "sqlite") return;
  const recorded = operations.map((operation) => ({ operation }));
  await refuseBroken(recorded, scratch.connection, { code: "models/invalid" });
}

function isOneOf(operation: Operation, objects: readonly SchemaObject[]): boolean {
  return operation.kind === "createObject" &&
    objects.some((it) => sameObject(it, operation.object));
}

/** Creates the schemas that the models are in, and returns the models without the schemas that exist already. */
async function withNamespaces(schema: Schema, { connection }: Scratch): Promise<Schema> {
  const { tables, enums, objects } = schema;
  const rows = await connection.query({ sql: "SELECT nspname AS name FROM pg_namespace" });
  const there = new Set(rows.map((it) => it["name"]));
  const declared = objects.filter((it) => it.kind === "schema").map((it) => it.name);
  const used = [...tables, ...enums, ...objects].flatMap((it) => it.schema ?? []);
  for (const name of new Set(used).difference(new Set(declared)).difference(there)) {
    await connection.query({ sql: `CREATE SCHEMA ${quoteIdentifier(name)}` });
  }
  return {
    ...schema,
    objects: objects.filter((it) => it.kind !== "schema" || !there.has(it.name)),
  };
}

function describe(operation: Operation): string {
  switch (operation.kind) {
    case "createTable":
      return `the table "${showName(operation.table)}"`;
    case "createEnum":
      return `the enum "${showName(operation.enum)}"`;
    case "createObject":
      return `the ${operation.object.kind} "${showName(operation.object)}"`;
    case "createIndex":
      return `the index "${operation.index.name}"`;
    case "addConstraint":
      return `a constraint of the table "${showName(operation.table)}"`;
    default:
      return "a part";
  }
}
