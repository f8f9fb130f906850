import type { Schema, Table } from "../../lib/schema/schema.ts";
import {
  bigint,
  boolean,
  check,
  column,
  comment,
  foreignKey,
  index,
  integer,
  now,
  numeric,
  raw,
  string,
  table,
  text,
  timestamp,
  unique,
} from "../../mod.ts";

/** Returns a schema of `count` tables, each with twelve columns, two foreign keys, two indexes, a check and a unique constraint. */
export function manyTables(count: number): Schema {
  const tables = Array.from({ length: count }, (_, at) => numbered(at));
  return { tables, enums: [], objects: [] };
}

function numbered(at: number): Table {
  const name = `table_${at}`;
  const [parent, other] = [Math.floor(at / 2), Math.floor(at / 3)];
  return table(
    name,
    column("id", bigint(), { primaryKey: true, identity: "byDefault" }),
    column("parent_id", bigint(), { nullable: false }),
    column("other_id", bigint()),
    column("code", string(20), { nullable: false }),
    column("name", text(), { nullable: false, serverDefault: "" }),
    column("amount", numeric(12, 2)),
    column("quantity", integer(), { serverDefault: 0 }),
    column("active", boolean(), { serverDefault: true }),
    column("note", text(), { comment: "what somebody noted" }),
    column("kind", string(10)),
    column("created_at", timestamp({ timezone: true }), { serverDefault: now() }),
    column("updated_at", timestamp({ timezone: true })),
    foreignKey(["parent_id"], `table_${parent}.id`, {
      name: `${name}_parent`,
      onDelete: "cascade",
    }),
    foreignKey(["other_id"], `table_${other}.id`, { name: `${name}_other` }),
    unique(["code"], { name: `${name}_code` }),
    check("quantity >= 0", { name: `${name}_quantity` }),
    index(`${name}_created`, ["created_at", "kind"]),
    index(`${name}_name`, [raw("lower(name)")], { where: "active" }),
    comment(`number ${at}`),
  );
}
