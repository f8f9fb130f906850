import { ToolError } from "../../../error.ts";
import { identityOf } from "../../../schema/objects.ts";
import { showName } from "../../../schema/qualified_name.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import type { Queryable, Row } from "../../../sql/statement.ts";
import type { EnumUses } from "./enum_uses.ts";
import { type Catalogue, catalogueOf, type FoundObject } from "../introspect/catalogue.ts";
import {
  columnsQuery,
  constraintsQuery,
  defaultsQuery,
  descriptionsQuery,
  indexesQuery,
  othersNeedsQuery,
  usersQuery,
} from "../introspect/enum_uses_query.ts";
import { nameOf } from "../introspect/facts.ts";
import { inOrderOfNeed } from "../introspect/in_order_of_need.ts";

/**
 * Returns what in the database uses the enum type `name`.
 *
 * @throws {ToolError} `operation/unsupported` if something uses it that cannot be dropped and recreated.
 */
export async function readEnumUses(
  name: QualifiedName,
  connection: Queryable,
): Promise<EnumUses> {
  const catalogue = catalogueOf(connection, "all");
  const ask = (sql: string) => catalogue.query(sql, [quoteName(name)]);
  const columns = await ask(columnsQuery);
  const defaults = await ask(defaultsQuery);
  const constraints = await ask(constraintsQuery);
  const indexes = await ask(indexesQuery);
  const users = (await ask(usersQuery)).map((row) => String(row["id"]));
  const objects = users.length === 0 ? [] : await standingOn(users, name, catalogue);
  return {
    columns: columns.map((row) => ({ ...columnOf(row), isArray: row["is_array"] === true })),
    defaults: defaults.map((row) => ({
      ...columnOf(row),
      default: String(row["default"]),
      ...(typeof row["is_array"] === "boolean" && { isArray: row["is_array"] }),
    })),
    constraints: constraints.map((row) => {
      const [table, constraint] = [nameOf(row), String(row["constraint"])];
      const added = `ADD CONSTRAINT ${quoteIdentifier(constraint)} ${String(row["definition"])}`;
      return {
        dropped: { table, name: constraint },
        statements: [`ALTER TABLE ${quoteName(table)} ${added}`],
      };
    }),
    indexes: indexes.map((row) => ({
      dropped: nameOf(row),
      statements: [String(row["definition"])],
    })),
    objects: objects.map(({ object }) => ({
      dropped: identityOf(object),
      statements: [object.definition.sql],
    })),
  };
}

function columnOf(row: Row): { readonly table: QualifiedName; readonly column: string } {
  return { table: nameOf(row), column: String(row["column"]) };
}

/** Returns `users` and all their dependents, in an order in which they can be created. */
async function standingOn(
  users: readonly string[],
  name: QualifiedName,
  catalogue: Catalogue,
): Promise<readonly FoundObject[]> {
  const objects = await catalogue.objects();
  const needs = await catalogue.needs();
  const known = new Set(objects.map((it) => it.id));
  const found = new Set(users);
  const others = Map.groupBy(
    await catalogue.query(othersNeedsQuery, [quoteName(name)]),
    (it) => String(it["needs"]),
  );
  for (const id of found) {
    if (!known.has(id)) continue;
    for (const it of others.get(id) ?? []) found.add(String(it["id"]));
  }
  const obstacles = [...found].filter((it) => !known.has(it));
  if (obstacles.length === 0) {
    return inOrderOfNeed(objects, needs).filter((it) => found.has(it.id));
  }
  const described = await catalogue.query(descriptionsQuery, [obstacles.join()]);
  throw new ToolError(
    "operation/unsupported",
    `Cannot change the enum type "${showName(name)}": ${
      described.map((row) => String(row["text"])).join(", ")
    } cannot be recreated with it`,
    { hint: "Drop it before, and create it again after" },
  );
}
