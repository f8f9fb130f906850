import { column } from "../../lib/schema/column.ts";
import { enumeration, integer, native, string, text } from "../../lib/schema/column_types.ts";
import { raw } from "../../lib/schema/expressions.ts";
import { check, exclude, foreignKey, index, options, unique } from "../../lib/schema/table.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import type { OperationCase } from "./operation_case.ts";

/** A table with constraints, another that it refers to, and an index. */
function shop(op: Operations): void {
  op.createTable(
    "shops",
    column("id", integer(), { primaryKey: true }),
    column("city", text(), { nullable: false }),
    column("open", integer(), { check: "open >= 0" }),
    unique(["city"], { name: "uq_city" }),
  );
  op.createTable(
    "sales",
    column("id", integer()),
    column("shop_id", integer()),
    column("day", string(10)),
    column("price", integer(), { serverDefault: 1 }),
    check("price > 0", { name: "ck_price" }),
    foreignKey(["shop_id"], "shops.id", { name: "fk_shop", onDelete: "cascade" }),
  );
  op.createIndex("ix_day", "sales", ["day"]);
}

/** Changes to constraints, indexes and columns of existing tables. */
export const constraintCases: readonly OperationCase[] = [
  {
    name: "createPrimaryKey",
    before: shop,
    call: (op) => op.createPrimaryKey("pk_sales", "sales", ["id"]),
  },
  {
    name: "createUniqueConstraint",
    before: shop,
    call: (op) => op.createUniqueConstraint("uq_day", "sales", ["shop_id", "day"]),
  },
  {
    name: "createUniqueConstraint: deferrable",
    before: shop,
    call: (op) => op.createUniqueConstraint("uq_day", "sales", ["day"], { deferrable: "deferred" }),
  },
  {
    name: "createUniqueConstraint: nulls are not distinct",
    before: shop,
    call: (op) => op.createUniqueConstraint("uq_day", "sales", ["day"], { nullsNotDistinct: true }),
  },
  {
    name: "createCheckConstraint",
    before: shop,
    call: (op) => op.createCheckConstraint("ck_day", "sales", "length(day) = 10"),
  },
  {
    name: "expressions that end with a comment",
    call: (op) =>
      op.createTable(
        "sales",
        column("day", text(), { serverDefault: raw("lower('Mon') -- day"), nullable: false }),
        column("next", integer(), { generated: { expression: "price + 1 -- more", stored: true } }),
        column("price", integer(), { check: "price > 0 -- positive" }),
        check("price < 9 -- cheap", { name: "ck_price" }),
        index("ix_day", [raw("lower(day) -- plain"), "price"], { where: "price > 3 -- dear" }),
      ),
  },
  {
    name: "createCheckConstraint: not inherited, and not valid for the rows that are there",
    before: shop,
    call: (op) =>
      op.createCheckConstraint("ck_day", "sales", "length(day) = 10", {
        noInherit: true,
        notValid: true,
      }),
  },
  {
    name: "createCheckConstraint: no row is held to it",
    before: shop,
    call: (op) =>
      op.createCheckConstraint("ck_day", "sales", "length(day) = 10", { notEnforced: true }),
  },
  {
    name: "createForeignKey: no row is held to it",
    before: shop,
    call: (op) =>
      op.createForeignKey("fk_id", "sales", "shops", ["id"], ["id"], { notEnforced: true }),
  },
  {
    name: "createUniqueConstraint, createForeignKey: the last column is a range",
    before: (op) => {
      for (const it of ["rooms", "stays"]) {
        op.createTable(it, column("id", native("int4range")), column("days", native("int4range")));
      }
    },
    call: (op) => {
      const key = ["id", "days"];
      op.createUniqueConstraint("uq_days", "rooms", key, { withoutOverlaps: true });
      op.createForeignKey("fk_days", "stays", "rooms", key, key, { period: true });
    },
  },
  {
    name: "createForeignKey",
    before: shop,
    call: (op) =>
      op.createForeignKey("fk_id", "sales", "shops", ["id"], ["id"], {
        onDelete: "set null",
        onUpdate: "cascade",
        match: "full",
        deferrable: "immediate",
      }),
  },
  {
    name: "createForeignKey: not valid for the rows that are there",
    before: shop,
    call: (op) =>
      op.createForeignKey("fk_id", "sales", "shops", ["id"], ["id"], { notValid: true }),
  },
  {
    name: "createExcludeConstraint",
    before: shop,
    call: (op) =>
      op.createExcludeConstraint("ex_day", "sales", [{ on: "day", operator: "=" }], {
        using: "btree",
        where: "price > 10",
        deferrable: "deferred",
      }),
  },
  {
    name: "addConstraint: without a name",
    before: shop,
    call: (op) =>
      op.addConstraint(
        "sales",
        exclude([{ on: raw("lower(day)"), operator: "=" }], { using: "btree" }),
      ),
  },
  {
    name: "dropConstraint: a check, a foreign key, a unique constraint",
    before: shop,
    call: (op) => {
      op.dropConstraint("sales", "ck_price");
      op.dropConstraint("sales", "fk_shop", { ifExists: true });
      op.dropConstraint("shops", "uq_city", { cascade: true });
    },
  },
  {
    name: "renameConstraint",
    before: shop,
    call: (op) => op.renameConstraint("sales", "ck_price", "ck_costs"),
  },
  {
    name: "validateConstraint",
    before: (op) => {
      shop(op);
      if (op.dialect === "postgres") {
        op.createCheckConstraint("ck_day", "sales", "length(day) = 10", { notValid: true });
      }
    },
    call: (op) => op.validateConstraint("sales", "ck_day"),
  },
  {
    name: "alterColumn: type, nullability and default together",
    before: shop,
    call: (op) =>
      op.alterColumn("sales", "day", { type: text(), nullable: false, serverDefault: "today" }),
  },
  {
    name: "alterColumn: a new name besides",
    before: shop,
    call: (op) => op.alterColumn("sales", "price", { serverDefault: null, newName: "costs" }),
  },
  {
    name: "alterColumn: collation",
    before: shop,
    call: (op) =>
      op.alterColumn("sales", "day", {
        type: text(),
        collation: op.dialect === "postgres" ? "C" : "NOCASE",
      }),
  },
  {
    name: "alterColumn: to an identity column and back",
    before: shop,
    call: (op) => {
      op.alterColumn("shops", "open", {
        nullable: false,
        identity: { generation: "always", start: 5, increment: 2 },
      });
      op.alterColumn("shops", "open", {
        identity: { generation: "byDefault", cycle: true },
        existingIdentity: "always",
      });
      op.alterColumn("shops", "open", { identity: null });
    },
  },
  {
    name: "alterColumn: a computed column becomes a plain one",
    before: (op) =>
      op.createTable(
        "boxes",
        column("w", integer()),
        column("a", integer(), { generated: { expression: "w * w" } }),
      ),
    call: (op) => op.alterColumn("boxes", "a", { generated: null }),
  },
  {
    name: "several changes to one table",
    before: shop,
    call: (op) =>
      op.batchAlterTable("sales", (batch) => {
        batch.alterColumn("day", { nullable: false });
        batch.addColumn(
          column("note", text()),
          op.dialect === "sqlite" ? { after: "day" } : undefined,
        );
        batch.dropColumn("price");
        batch.renameColumn("shop_id", "shop");
        batch.addConstraint(check("length(note) < 100", { name: "ck_note" }));
      }),
  },
  {
    name: "addColumn: if it is not there; dropColumn: if it is",
    before: shop,
    call: (op) => {
      op.addColumn("sales", column("note", text()), { ifNotExists: true });
      op.dropColumn("sales", "note", { ifExists: true });
    },
  },
  {
    name: "addColumn: unique, not null without a default, with an expression for one",
    before: shop,
    call: (op) => {
      op.addColumn("sales", column("code", integer(), { unique: "uq_code" }));
      op.addColumn("sales", column("must", integer(), { nullable: false }));
      op.addColumn("sales", column("made", text(), { serverDefault: raw("(lower('A'))") }));
      op.addColumn("sales", column("twice", integer(), { generated: { expression: "price * 2" } }));
    },
  },
  {
    name: "dropColumn: with the constraint on it",
    before: shop,
    call: (op) => op.dropColumn("sales", "price"),
  },
  {
    name: "createIndex: order, nulls, collation and operator class",
    before: shop,
    call: (op) => {
      const pg = op.dialect === "postgres";
      op.createIndex("ix_sales", "sales", [
        {
          on: "day",
          collation: pg ? "C" : "NOCASE",
          order: "desc",
          ...(pg && { operatorClass: "text_pattern_ops", nulls: "last" }),
        },
        { on: raw("price + 1"), order: "desc" },
      ]);
    },
  },
  {
    name: "createIndex: included columns, nulls not distinct, storage parameters",
    before: shop,
    call: (op) =>
      op.createIndex("ix_sales", "sales", ["day"], {
        unique: true,
        include: ["price"],
        nullsNotDistinct: true,
        with: { fillfactor: "70" },
      }),
  },
  {
    name: "renameIndex",
    before: shop,
    call: (op) => op.renameIndex("ix_day", "ix_days", { table: "sales" }),
  },
  {
    name: "createTable: strict, without a rowid",
    call: (op) =>
      op.createTable(
        "t",
        column("code", text(), { primaryKey: true }),
        options({ strict: true, withoutRowid: true }),
      ),
  },
  {
    name: "createTable: a key that never takes a number again",
    call: (op) =>
      op.createTable(
        "t",
        column("id", integer(), { primaryKey: true }),
        options({ autoincrement: true }),
      ),
  },
  {
    name: "createTable: unlogged, with storage parameters",
    call: (op) =>
      op.createTable(
        "t",
        column("id", integer()),
        options({ unlogged: true, with: { fillfactor: "70" } }),
      ),
  },
  {
    name: "createTable: if it is not there",
    before: shop,
    call: (op) => op.createTable("shops", column("id", integer()), options({ ifNotExists: true })),
  },
  {
    name: "createTable: a collation and a sequence of a column",
    call: (op) =>
      op.createTable(
        "t",
        column("word", text(), { collation: op.dialect === "postgres" ? "C" : "NOCASE" }),
        ...op.dialect === "postgres"
          ? [
            column("n", integer(), { identity: "always", sequence: { start: 100, increment: 10 } }),
          ]
          : [],
      ),
  },
  {
    name: "createTable: one of some values",
    before: (op) => op.createEnum("mood", ["sad", "it's ok"]),
    call: (op) =>
      op.createTable(
        "t",
        column("mood", enumeration("mood", ["sad", "it's ok"]), {
          nullable: false,
          serverDefault: "sad",
        }),
      ),
  },
  {
    name: "alterTable",
    before: shop,
    call: (op) => {
      op.alterTable("shops", {
        strict: true,
        autoincrement: true,
        with: { fillfactor: "70", autovacuum_enabled: "false" },
      });
      op.alterTable("shops", { tablespace: null, with: { fillfactor: null } });
      op.alterTable("sales", { unlogged: true });
      op.alterTable("sales", { unlogged: null });
    },
  },
  {
    name: "commentTable",
    before: shop,
    call: (op) => {
      op.commentTable("shops", "it's where we sell");
      op.commentTable("shops", null);
    },
  },
];
