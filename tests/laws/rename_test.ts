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
CREATE FUNCTION films() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE CONSTRAINT TRIGGER films AFTER INSERT ON films FOR EACH ROW EXECUTE FUNCTION films();
CREATE POLICY films ON films USING (length > 1);
`;

const users = { name: "users" };
const mood = { name: "mood" };
/** A table whose name, and whose columns' names, other objects have too. */
const films = { name: "films" };

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
