import { expect, test } from "bun:test";
import { collect } from "../../lib/operations/record/record.ts";
import { column } from "../../lib/schema/column.ts";
import { integer } from "../../lib/schema/column_types.ts";
import { check } from "../../lib/schema/table.ts";

const context = { dialect: "postgres", x: {}, tag: undefined } as const;

test("batchAlterTable() has the same operations as op, without the table argument", async () => {
  const batch = await collect((op) =>
    op.batchAlterTable("app.t", (it) => {
      it.addColumn(column("a", integer(), { index: true }));
      it.addColumn(column("b", integer()), { before: "a" });
      it.addColumn(column("c", integer()), { ifNotExists: true, constraints: [check("c > 0")] });
      it.alterColumn("a", { nullable: false, newName: "d" });
      it.renameColumn("d", "e");
      it.dropColumn("b", { ifExists: true });
      it.createIndex("ix", ["e"], { unique: true, concurrently: true });
      it.renameIndex("ix", "iy");
      it.dropIndex("iy", { ifExists: true });
      it.createCheckConstraint("ck", "e > 1", { notValid: true });
      it.validateConstraint("ck");
      it.renameConstraint("ck", "kc");
      it.createUniqueConstraint("uq", ["e"], { deferrable: "deferred" });
      it.createPrimaryKey("pk", ["e"]);
      it.createForeignKey("fk", "u", ["e"], ["id"], { onDelete: "cascade" });
      it.createExcludeConstraint("ex", [{ on: "e", operator: "=" }], { using: "gist" });
      it.addConstraint(check("true", { name: "always" }));
      it.dropConstraint("always", { ifExists: true });
      it.alterTable({ unlogged: true });
      it.commentTable("all");
    }), context);
  const plain = await collect((op) => {
    const t = { schema: "app", name: "t" };
    op.addColumn(t, column("a", integer(), { index: true }));
    op.addColumn(t, column("b", integer()), { position: { before: "a" } });
    op.addColumn(t, column("c", integer()), { ifNotExists: true, constraints: [check("c > 0")] });
    op.alterColumn(t, "a", { nullable: false, newName: "d" });
    op.renameColumn(t, "d", "e");
    op.dropColumn(t, "b", { ifExists: true });
    op.createIndex("ix", t, ["e"], { unique: true, concurrently: true });
    op.renameIndex("ix", "iy", { table: t });
    op.dropIndex("iy", { table: t, ifExists: true });
    op.createCheckConstraint("ck", t, "e > 1", { notValid: true });
    op.validateConstraint(t, "ck");
    op.renameConstraint(t, "ck", "kc");
    op.createUniqueConstraint("uq", t, ["e"], { deferrable: "deferred" });
    op.createPrimaryKey("pk", t, ["e"]);
    op.createForeignKey("fk", t, "u", ["e"], ["id"], { onDelete: "cascade" });
    op.createExcludeConstraint("ex", t, [{ on: "e", operator: "=" }], { using: "gist" });
    op.addConstraint(t, check("true", { name: "always" }));
    op.dropConstraint(t, "always", { ifExists: true });
    op.alterTable(t, { unlogged: true });
    op.commentTable(t, "all");
  }, context);
  expect(batch.map((it) => it.operation)).toEqual(plain.map((it) => it.operation));
});
