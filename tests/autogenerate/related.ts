import type { DialectName } from "../../lib/dialect/dialect.ts";
import { ToolError } from "../../lib/error.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { generateOperation, postgresAlone } from "../laws/generate_operation.ts";
import { generateSchema, isRelated, source } from "../laws/generate_schema.ts";
import { random } from "../sql/random.ts";

/** Returns a random schema, and what several random operations make of it. */
export function related(seed: number, dialect: DialectName): readonly [Schema, Schema] {
  const from = source(random(seed), dialect);
  const before = generateSchema(from);
  let after = before;
  for (let left = 1 + from.random.below(8); left > 0; left--) {
    if (after.tables.every(isRelated)) break;
    const operation = generateOperation(after, from);
    if (dialect === "sqlite" && postgresAlone.includes(operation.kind)) continue;
    after = doneIfPossible(operation, after);
  }
  return [before, after];
}

/** Names that need no quotes may be there twice. */
function doneIfPossible(operation: Operation, schema: Schema): Schema {
  try {
    return apply(operation, schema);
  } catch (error) {
    if (error instanceof ToolError) return schema;
    throw error;
  }
}
