import { expect, setDefaultTimeout, test } from "bun:test";
import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import { invertAll } from "../../lib/operations/invert/invert.ts";
import type { Operations } from "../../lib/operations/operations.ts";
import { collect } from "../../lib/operations/record/record.ts";
import { bigint, column, integer, raw, sequence } from "../../mod.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { perform, sharedGround } from "./ground.ts";
import { inOrder } from "./in_order.ts";

setDefaultTimeout(120_000);

const setup = `
CREATE TABLE t (id serial PRIMARY KEY, n smallserial, plain integer);
ALTER SEQUENCE t_id_seq INCREMENT 3 START 5;
ALTER SEQUENCE t_n_seq RENAME TO "Counter";
CREATE TABLE heir () INHERITS (t);
CREATE SEQUENCE codes;
CREATE TABLE u (id integer NOT NULL, code text DEFAULT 'x' || nextval('codes'), two bigint NOT NULL);
ALTER SEQUENCE codes OWNED BY u.code;
CREATE SEQUENCE u_id_seq AS integer CACHE 3;
ALTER TABLE u ALTER id SET DEFAULT nextval('u_id_seq');
`;

const calls: Readonly<Record<string, (op: Operations) => void>> = {
  "a sequence is given to the column that it numbers, which becomes SERIAL": (op) =>
    op.ownSequence("u_id_seq", "u", "id"),
  "a sequence is given to a column that it does not number": (op) =>
    op.ownSequence("u_id_seq", "u", "two"),
  "a sequence loses its owner": (op) => op.disownSequence("codes", "u", "code"),
  "a SERIAL column loses its sequence": (op) => op.disownSequence("t_id_seq", "t", "id"),
  "a SERIAL column loses its renamed sequence": (op) => op.disownSequence("Counter", "t", "n"),
  "a SERIAL column gets another default": (op) =>
    op.alterColumn("t", "id", { serverDefault: raw("(nextval('t_id_seq'::regclass) * 10)") }),
  "a SERIAL column loses its default": (op) => op.alterColumn("t", "n", { serverDefault: null }),
  "a SERIAL column gets another default, then its old one again": (op) => {
    op.alterColumn("t", "id", { serverDefault: 7 });
    op.alterColumn("t", "id", { serverDefault: raw("nextval('t_id_seq'::regclass)") });
  },
  "the sequence of a SERIAL column gets another increment": (op) =>
    op.createObject(sequence("t_id_seq", { increment: 5 }), { replace: true }),
  "an owned sequence is dropped after the default that uses it": (op) => {
    op.alterColumn("u", "code", { serverDefault: null });
    op.dropSequence("codes");
  },
  "an owned sequence is dropped with its column": (op) => op.dropColumn("u", "code"),
  "an owned sequence is dropped with its table": (op) => op.dropTable("u"),
  "a table and its column that owns a sequence are renamed": (op) => {
    op.renameTable("u", "The U");
    op.renameColumn("The U", "code", "Code");
  },
  "a table and its SERIAL columns are renamed": (op) => {
    op.renameTable("t", "The T");
    op.renameColumn("The T", "id", "key");
    op.renameColumn("The T", "n", "number");
  },
  "a table stops inheriting from a renamed one, and keeps using its sequences": (op) => {
    op.renameTable("t", "v");
    op.alterTable("heir", { inherits: null, existing: { inherits: [{ name: "v" }] } });
  },
  "a SERIAL column with a renamed sequence becomes an identity column": (op) =>
    op.alterColumn("t", "n", { identity: "byDefault", existingIdentity: "serial" }),
  "columns become SERIAL, are added as SERIAL, and get a wider type": (op) => {
    op.alterColumn("u", "two", { identity: "serial" });
    op.addColumn("u", column("three", bigint(), { identity: "serial", nullable: false }));
    op.alterColumn("t", "plain", { type: bigint(), existingType: integer() });
  },
};

const current = sharedGround("postgres", () => freshDatabase("postgres"));

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: apply() predicts it, and invert() undoes it`, async () => {
    const ground = current();
    await ground.clear();
    await ground.connection.query({ sql: setup });
    const before = postgres.normalize(await ground.read());
    const recorded = await collect(call, { dialect: "postgres", x: {}, tag: undefined });
    const expected = recorded.reduce((schema, it) => apply(it.operation, schema), before);
    await perform(ground, recorded.map((it) => it.operation));
    expect(inOrder(postgres.normalize(await ground.read())))
      .toEqual(inOrder(postgres.normalize(expected)));
    const inverse = invertAll(recorded, before);
    if ("reason" in inverse) throw new Error(inverse.reason);
    await perform(ground, inverse.map((it) => it.operation));
    expect(diff(postgres.normalize(await ground.read()), before)).toEqual([]);
  });
}
