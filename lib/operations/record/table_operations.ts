import { ToolError } from "../../error.ts";
import { type NameLike, qualifiedName } from "../../schema/qualified_name.ts";
import { expression } from "../../schema/expressions.ts";
import { makeIndex, table } from "../../schema/table.ts";
import type { Ask } from "./ask.ts";
import { newPartName, newTableName } from "./new_name.ts";
import type { Operations } from "../operations.ts";

type TableMethods =
  | "createTable"
  | "dropTable"
  | "renameTable"
  | "alterTable"
  | "commentTable"
  | "createIndex"
  | "dropIndex"
  | "renameIndex"
  | "enableRowSecurity"
  | "disableRowSecurity"
  | "attachPartition"
  | "detachPartition"
  | "bulkInsert";

/** Returns the methods for tables as a whole, their indexes and their rows. */
export function tableOperations<Result>(ask: Ask<Result>): Pick<Operations<Result>, TableMethods> {
  return {
    createTable: (name, ...parts) =>
      ask("createTable", () => {
        const made = table(name, ...parts);
        const ifNotExists = parts.some((it) => it.kind === "options" && it.ifNotExists);
        return [{
          kind: "createTable",
          table: made,
          ...(ifNotExists && { ifNotExists }),
        }];
      }),
    dropTable: (name, { ifExists, cascade } = {}) =>
      ask("dropTable", () => [{
        kind: "dropTable",
        name: qualifiedName(name),
        ...(ifExists && { ifExists }),
        ...(cascade && { cascade }),
      }]),
    renameTable: (name, to) =>
      ask("renameTable", () => {
        const table = qualifiedName(name);
        return [{ kind: "renameTable", name: table, to: newTableName(table, to) }];
      }),
    alterTable: (name, { existing, ...change }) =>
      ask("alterTable", () => [{
        kind: "alterTable",
        table: qualifiedName(name),
        change,
        ...(existing && { existing }),
      }]),
    commentTable: (name, comment) =>
      ask("commentTable", () => [{ kind: "commentTable", table: qualifiedName(name), comment }]),
    createIndex: (name, on, columns, { concurrently, ifNotExists, ...options } = {}) =>
      ask("createIndex", () => [{
        kind: "createIndex",
        table: qualifiedName(on),
        index: makeIndex(name, columns, options),
        ...(concurrently && { concurrently }),
        ...(ifNotExists && { ifNotExists }),
      }]),
    dropIndex: (index, options) =>
      ask("dropIndex", () => {
        const { table, concurrently, ifExists } = onTable(
          index,
          options,
          `op.dropIndex("${index}", `,
        );
        return [{
          kind: "dropIndex",
          table: qualifiedName(table),
          index,
          ...(concurrently && { concurrently }),
          ...(ifExists && { ifExists }),
        }];
      }),
    renameIndex: (index, to, options) =>
      ask("renameIndex", () => {
        const given = onTable(index, options, `op.renameIndex("${index}", "${to}", `);
        const table = qualifiedName(given.table);
        return [{ kind: "renameIndex", table, index, to: newPartName(table, to) }];
      }),
    enableRowSecurity: (name, { force = false } = {}) =>
      ask("enableRowSecurity", () => [{
        kind: "secureRows",
        table: qualifiedName(name),
        security: force ? "forced" : "enabled",
      }]),
    disableRowSecurity: (name) =>
      ask("disableRowSecurity", () => [
        { kind: "secureRows", table: qualifiedName(name), security: "disabled" },
      ]),
    attachPartition: (name, partition, bounds) =>
      ask("attachPartition", () => [{
        kind: "attachPartition",
        table: qualifiedName(name),
        partition: qualifiedName(partition),
        bounds: expression(bounds),
      }]),
    detachPartition: (name, partition, { concurrently } = {}) =>
      ask("detachPartition", () => [{
        kind: "detachPartition",
        table: qualifiedName(name),
        partition: qualifiedName(partition),
        ...(concurrently && { concurrently }),
      }]),
    bulkInsert: (name, rows) =>
      ask("bulkInsert", () => [{ kind: "bulkInsert", table: qualifiedName(name), rows }]),
  };
}

/** Unlike here, the table is optional in Alembic's `drop_index`. */
function onTable<Options extends { readonly table: NameLike }>(
  index: string,
  options: Options | undefined,
  call: string,
): Options {
  if (options?.table !== undefined) return options;
  throw new ToolError(
    "operation/invalid",
    `Cannot find the index "${index}": its table is not given`,
    { hint: `Write ${call}{ table: "…" })` },
  );
}
