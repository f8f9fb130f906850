import { expect, setDefaultTimeout, test } from "bun:test";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { apply } from "../../lib/operations/apply/apply.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { perform, sharedGround } from "./ground.ts";
import { inOrder } from "./in_order.ts";

setDefaultTimeout(120_000);

/** Everything that names a table, a column or a value of an enum type. */
const setup = `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');
CREATE TABLE users (
  id integer PRIMARY KEY,
  age integer,
  email text,
  m mood DEFAULT 'sad',
  ms mood[] DEFAULT '{sad,"it''s"}',
  twice integer GENERATED ALWAYS AS (age * 2) STORED,
  CONSTRAINT ck CHECK (age > 0 AND m <> 'sad'),
  CONSTRAINT uq UNIQUE (email) INCLUDE (age),
  CONSTRAINT ex EXCLUDE USING btree (age WITH =, lower(email) WITH =) INCLUDE (id) WHERE (age > 5)
);
CREATE INDEX ix ON users (lower(email), age DESC) INCLUDE (id) WHERE age > 1;
CREATE TABLE posts (
  id integer,
  user_id integer,
  CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL (user_id)
);
CREATE VIEW v AS SELECT id, age, users.email AS mail FROM users WHERE age > 3 AND m = 'ok';
CREATE MATERIALIZED VIEW mv AS SELECT u.age, count(*) AS n FROM users u GROUP BY u.age;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF age ON users FOR EACH ROW WHEN (NEW.age > 1 AND NEW.m = 'sad')
  EXECUTE FUNCTION f();
CREATE POLICY po ON users USING (age > 1);
GRANT SELECT (age, email), INSERT, UPDATE (age) ON users TO PUBLIC;
CREATE FUNCTION total(lowest mood DEFAULT 'sad') RETURNS bigint LANGUAGE sql
  BEGIN ATOMIC SELECT count(email) FROM users WHERE age > 1 AND m <> 'ok' AND m > lowest; END;
CREATE FUNCTION told() RETURNS text LANGUAGE sql RETURN (SELECT max(email) FROM users WHERE m = 'sad');
CREATE FUNCTION said() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(email) FROM users WHERE m = ''sad''::mood); END';
CREATE DOMAIN feeling AS mood DEFAULT 'sad' CHECK (VALUE <> 'sad' OR VALUE <> 'ok');
CREATE VIEW named AS SELECT email AS users FROM users;
CREATE VIEW named_again AS SELECT users FROM named WHERE users > '';
CREATE TABLE logs (m mood, age integer) PARTITION BY LIST (m);
CREATE TABLE logs_sad PARTITION OF logs FOR VALUES IN ('sad', 'ok');
CREATE TABLE base (age integer, CONSTRAINT base_ck CHECK (age > 1));
CREATE TABLE heir (h integer) INHERITS (base);
CREATE TABLE pair (a integer, b text);
CREATE TABLE held (pair pair DEFAULT ROW(1, 'pair')::pair, pairs pair[], text text DEFAULT 'pair');
CREATE TABLE films (
  title text,
  length integer,
  letters integer GENERATED ALWAYS AS (length(title)) STORED,
  CONSTRAINT lc CHECK (length(title) > length)
);
CREATE INDEX li ON films (length(title), length) WHERE length(title) < length;
CREATE VIEW title AS SELECT title AS t, length(title) AS l FROM films WHERE length > 1;
CREATE FUNCTION title() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER title BEFORE UPDATE OF title ON films FOR EACH ROW EXECUTE FUNCTION title();
CREATE POLICY title ON films USING (length(title) > length);
CREATE TABLE "select" ("from" integer CHECK ("from" IS NOT NULL), "not" integer CHECK ("not" > 0 AND NOT "from" > 9));
CREATE VIEW selected AS SELECT "from", "not" FROM "select" WHERE "not" IS NOT NULL;
CREATE TABLE note (id integer, note text);
CREATE VIEW notes AS SELECT note FROM note WHERE note IS DISTINCT FROM 'x' AND 'x' IS DISTINCT FROM note;
CREATE VIEW both_notes AS SELECT note.note, trim(both FROM note.note) AS t FROM users, ONLY note;
CREATE VIEW whole_notes AS SELECT note.*::note AS "row", n.id FROM note JOIN note n ON note.note = n.note;
CREATE TRIGGER note BEFORE UPDATE OF note ON note FOR EACH ROW WHEN (NEW.note > OLD.note) EXECUTE FUNCTION f();
CREATE POLICY note ON note USING (note > 'a');
CREATE TABLE label (id integer, label text);
CREATE TABLE labelled (label integer, t label);
CREATE VIEW labels AS SELECT label FROM label WHERE id > 0 AND label IS DISTINCT FROM 'x';
CREATE VIEW other_labels AS SELECT l.label, d.label AS d FROM label l JOIN labelled d ON l.id = d.label;
CREATE VIEW both_labels AS SELECT label.label, labelled.label AS d FROM labelled, ONLY label WHERE labelled.label > label.id;
CREATE VIEW count_labels AS SELECT label FROM labelled WHERE (SELECT count(label.*) FROM label) > 0;
CREATE VIEW whole_labels AS SELECT label.*::label AS "row", label.id AS label FROM label;
CREATE VIEW labelled_only AS SELECT label + 1 AS l FROM labelled WHERE 5 IS DISTINCT FROM label;
CREATE TRIGGER label BEFORE UPDATE OF label ON label FOR EACH ROW WHEN (NEW.label > OLD.label) EXECUTE FUNCTION f();
CREATE POLICY label ON label USING (label > 'a');
CREATE FUNCTION films() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE CONSTRAINT TRIGGER films AFTER INSERT ON films FOR EACH ROW EXECUTE FUNCTION films();
CREATE POLICY films ON films USING (length > 1);
`;

const users = { name: "users" };
const mood = { name: "mood" };
/** A table whose name, and whose columns' names, other objects have too. */
const films = { name: "films" };
/** It, and its columns, have the names of keywords. */
const selected = { name: "select" };

const operations: readonly Operation[] = [
  { kind: "renameTable", name: users, to: "people" },
  { kind: "renameTable", name: users, to: "The People" },
  { kind: "renameTable", name: { name: "logs" }, to: "entries" },
  { kind: "renameTable", name: { name: "base" }, to: "ground" },
  { kind: "renameTable", name: { name: "pair" }, to: "The Pair" },
  { kind: "renameColumn", table: users, column: "age", to: "years" },
  { kind: "renameColumn", table: users, column: "email", to: "e mail" },
  { kind: "renameColumn", table: users, column: "email", to: "mail" },
  { kind: "renameColumn", table: users, column: "id", to: "key" },
  { kind: "renameColumn", table: users, column: "m", to: "temper" },
  { kind: "renameColumn", table: { name: "posts" }, column: "user_id", to: "author" },
  { kind: "renameColumn", table: { name: "base" }, column: "age", to: "years" },
  { kind: "renameColumn", table: { name: "logs" }, column: "m", to: "temper" },
  { kind: "renameTable", name: films, to: "pictures" },
  { kind: "renameColumn", table: films, column: "title", to: "heading" },
  { kind: "renameColumn", table: films, column: "length", to: "minutes" },
  { kind: "renameTable", name: { name: "label" }, to: "tag" },
  { kind: "renameColumn", table: { name: "note" }, column: "note", to: "words" },
  { kind: "renameTable", name: selected, to: "t" },
  { kind: "renameColumn", table: selected, column: "from", to: "a" },
  { kind: "renameColumn", table: selected, column: "not", to: "a" },
  { kind: "renameEnumValue", name: mood, value: "sad", to: "very sad" },
  { kind: "renameEnumValue", name: mood, value: "sad", to: "null" },
  { kind: "renameEnumValue", name: mood, value: "it's", to: "its" },
  { kind: "renameEnumValue", name: mood, value: "ok", to: `it's "ok"` },
];

const current = sharedGround("postgres", () => freshDatabase("postgres"));

for (const operation of operations) {
  const { kind: _, ...how } = operation;
  test(`apply() of ${operation.kind} predicts what the server does: ${JSON.stringify(how)}`, async () => {
    const ground = current();
    await ground.clear();
    await ground.connection.query({ sql: setup });
    const before = postgres.normalize(await ground.read());
    await perform(ground, [operation]);
    const after = postgres.normalize(await ground.read());
    expect(inOrder(apply(operation, before))).toEqual(inOrder(after));
  });
}
