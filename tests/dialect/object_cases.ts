import { column } from "../../lib/schema/column.ts";
import { array, enumeration, integer } from "../../lib/schema/column_types.ts";
import { raw } from "../../lib/schema/expressions.ts";
import { compositeType, identityOf, ownedSequence } from "../../lib/schema/objects.ts";
import type { SchemaObject } from "../../lib/schema/schema.ts";
import { options } from "../../lib/schema/table.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import type { OperationCase } from "./operation_case.ts";

const values = ["sad", "ok"];

function moods(op: Operations): void {
  op.createEnum("mood", values);
  op.createTable(
    "people",
    column("id", integer(), { primaryKey: true }),
    column("mood", enumeration("mood", values), { serverDefault: "sad" }),
    ...op.dialect === "postgres" ? [column("moods", array(enumeration("mood", values)))] : [],
  );
  op.bulkInsert("people", [{ id: 1, mood: "sad" }, { id: 2, mood: "ok" }]);
}

function people(op: Operations): void {
  op.createTable("people", column("id", integer(), { primaryKey: true }), column("age", integer()));
}

/** A partitioned table, a partition of it, and a table that can become one. */
function events(op: Operations): void {
  if (op.dialect === "sqlite") return;
  op.createTable(
    "events",
    column("at", integer()),
    options({ partitionBy: { sql: "RANGE (at)" } }),
  );
  op.createTable(
    "events_1",
    options({
      partitionOf: { table: { name: "events" }, bounds: { sql: "FOR VALUES FROM (0) TO (10)" } },
    }),
  );
  op.createTable("events_2", column("at", integer()));
}

const touch =
  "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$";

/** Changes to types, and to all objects that are created by a statement of their own. */
export const objectCases: readonly OperationCase[] = [
  { name: "createEnum", call: (op) => op.createEnum("mood", ["sad", "it's ok"]) },
  {
    name: "dropEnum",
    before: (op) => op.createEnum("mood", values),
    call: (op) => op.dropEnum("mood", { ifExists: true }),
  },
  {
    name: "addEnumValue",
    before: moods,
    call: (op) => {
      op.addEnumValue("mood", "happy");
      op.addEnumValue("mood", "angry", { before: "sad", ifNotExists: true });
    },
  },
  {
    name: "renameEnumValue",
    before: moods,
    call: (op) => op.renameEnumValue("mood", "ok", "fine"),
  },
  {
    name: "changeEnum: a value is taken away, and another takes its place",
    before: moods,
    call: (op) => op.changeEnum("mood", ["ok", "happy"], { replaced: { sad: "ok" } }),
  },
  {
    name: "createView, and in the place of another",
    before: people,
    call: (op) => {
      op.createView("adults", "SELECT id FROM people WHERE age > 17");
      op.createView("adults", "SELECT id FROM people WHERE age > 20", { replace: true });
      op.dropView("adults", { ifExists: true });
    },
  },
  {
    name: "createMaterializedView",
    before: people,
    call: (op) => {
      op.createMaterializedView("totals", "SELECT count(*) AS n FROM people");
      op.dropMaterializedView("totals", { cascade: true });
    },
  },
  {
    name: "createFunction, createProcedure",
    call: (op) => {
      const sum = "(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b'";
      op.createFunction("add(integer, integer)", `CREATE FUNCTION add${sum}`);
      op.createFunction("add(integer, integer)", `CREATE FUNCTION add${sum}`, { replace: true });
      op.createProcedure("idle()", "CREATE PROCEDURE idle() LANGUAGE sql AS 'SELECT 1'");
      op.dropProcedure("idle()");
      op.dropFunction("add(integer, integer)", { ifExists: true });
    },
  },
  {
    name: "createFunction, of a text with more around it",
    call: (op) => {
      const text =
        "-- one\n/* two */ CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n";
      op.createFunction("one()", text);
      op.createFunction("one()", text, { replace: true });
    },
  },
  {
    name: "createTrigger",
    before: (op) => {
      people(op);
      if (op.dialect === "postgres") op.createFunction("touch()", touch);
    },
    call: (op) => {
      const body = op.dialect === "postgres"
        ? "FOR EACH ROW EXECUTE FUNCTION touch()"
        : "BEGIN SELECT 1; END";
      op.createTrigger(
        "touched",
        "people",
        `CREATE TRIGGER touched AFTER UPDATE ON people ${body}`,
      );
      op.dropTrigger("touched", "people");
    },
  },
  {
    name: "createSequence",
    call: (op) => {
      op.createSequence("numbers", {
        start: 1000,
        increment: 2,
        minValue: 1,
        maxValue: 9999,
        cache: 5,
        cycle: true,
        ifNotExists: true,
      });
      op.dropSequence("numbers");
    },
  },
  {
    name: "createObject: a sequence that is not written to the log",
    call: (op) => {
      const numbers: SchemaObject = {
        kind: "sequence",
        name: "numbers",
        definition: raw("CREATE UNLOGGED SEQUENCE numbers"),
      };
      op.createObject(numbers, { ifNotExists: true });
      op.createObject(numbers, { replace: true });
      op.dropSequence("numbers");
    },
  },
  {
    name: "ownSequence, disownSequence",
    before: people,
    call: (op) => {
      op.createSequence("numbers");
      op.ownSequence("numbers", "people", "age");
      op.disownSequence("numbers", "people", "age");
      op.dropObject(identityOf(ownedSequence("numbers", "people", "age")), { ifExists: true });
    },
  },
  {
    name: "createDomain, a composite type",
    call: (op) => {
      op.createDomain("email", "text CHECK (VALUE LIKE '%@%')");
      op.createObject(compositeType("pair", "a integer, b text"));
      op.dropDomain("email");
    },
  },
  {
    name: "createSchema",
    call: (op) => {
      op.createSchema("app", { ifNotExists: true });
      op.dropSchema("app", { cascade: true });
    },
  },
  {
    name: "createExtension",
    call: (op) => {
      op.createExtension("plpgsql", { ifNotExists: true });
      op.dropExtension("none", { ifExists: true });
    },
  },
  {
    name: "createTable: with row-level security",
    call: (op) => {
      const id = column("id", integer(), { nullable: false });
      op.createTable("secured", id, options({ rowSecurity: "enabled" }));
      op.createTable("forced", id, options({ rowSecurity: "forced" }));
    },
  },
  {
    name: "enableRowSecurity, createPolicy",
    before: people,
    call: (op) => {
      op.enableRowSecurity("people");
      op.enableRowSecurity("people", { force: true });
      op.createPolicy("own", "people", {
        as: "restrictive",
        for: "update",
        to: ["public"],
        using: "id > 0",
        withCheck: "age > 0",
      });
      op.dropPolicy("own", "people");
      op.disableRowSecurity("people");
    },
  },
  {
    name: "attachPartition, detachPartition",
    before: events,
    call: (op) => {
      op.attachPartition("events", "events_2", "FOR VALUES FROM (10) TO (20)");
      op.detachPartition("events", "events_1");
    },
  },
  {
    name: "detachPartition: concurrently",
    before: events,
    call: (op) => op.detachPartition("events", "events_1", { concurrently: true }),
  },
  {
    name: "grant, revoke",
    before: people,
    call: (op) => {
      op.grant("SELECT, INSERT", "TABLE people", "public");
      op.revoke("INSERT", "TABLE people", "public");
    },
  },
  {
    name: "dropTable: with all that needs it",
    before: people,
    call: (op) => op.dropTable("people", { ifExists: true, cascade: true }),
  },
  {
    name: "autocommitBlock",
    before: people,
    call: (op) => op.autocommitBlock(() => op.createIndex("ix_age", "people", ["age"])),
  },
];
