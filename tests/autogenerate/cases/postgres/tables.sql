--- a table is added: createTable
CREATE TABLE t (id integer PRIMARY KEY);
INSERT INTO t VALUES (1), (2);
--- becomes
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id bigint PRIMARY KEY, t_id integer NOT NULL REFERENCES t, name text DEFAULT 'x');

--- a table is dropped: dropTable
CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL UNIQUE, CHECK (id > 0));
CREATE INDEX ix ON t (name) WHERE id > 3;
INSERT INTO t VALUES (1, 'a');
--- becomes

--- tables that refer to each other are added: createTable createTable addConstraint
--- becomes
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;

--- tables that refer to each other are dropped: dropConstraint dropTable dropTable
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;
INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1); UPDATE a SET b_id = 1;
--- becomes

--- a table that refers to itself is added: createTable
--- becomes
CREATE TABLE a (id integer PRIMARY KEY, parent integer REFERENCES a ON DELETE CASCADE);

--- names that differ only in case are added: createTable createTable
CREATE TABLE aa (id integer);
INSERT INTO aa VALUES (1);
--- becomes
CREATE TABLE aa (id integer);
CREATE TABLE "Aa" ("Id" integer, "select" integer, "a ""b" integer CHECK ("a ""b" > 0));
CREATE TABLE "a.b" (id integer);
CREATE INDEX "I.x" ON "Aa" ("Id", "a ""b");

--- a comment on a table is added: commentTable
CREATE TABLE t (id integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer);
COMMENT ON TABLE t IS 'it''s
two lines';

--- a comment is changed and another dropped: commentTable alterColumn
CREATE TABLE t (id integer);
COMMENT ON TABLE t IS 'old';
COMMENT ON COLUMN t.id IS 'gone';
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer);
COMMENT ON TABLE t IS 'new';

--- storage parameters change: alterTable
CREATE TABLE t (id integer) WITH (fillfactor = 70, autovacuum_enabled = false);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer) WITH (fillfactor = 80, toast_tuple_target = 256);

--- storage parameters of TOAST tables change: createTable alterTable
CREATE TABLE t (a text) WITH (toast.autovacuum_enabled = false);
INSERT INTO t VALUES ('x');
--- becomes
CREATE TABLE t (a text) WITH (fillfactor = 80, toast.vacuum_truncate = true);
CREATE TABLE u (a text) WITH (toast.autovacuum_enabled = false);

--- a table becomes unlogged: alterTable
CREATE TABLE t (id integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE UNLOGGED TABLE t (id integer);

--- a table starts inheriting: alterTable
CREATE TABLE p (id integer NOT NULL, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE t (id integer NOT NULL, own text, CONSTRAINT positive CHECK (id > 0));
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE p (id integer NOT NULL, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE t (id integer NOT NULL, own text, CONSTRAINT positive CHECK (id > 0)) INHERITS (p);

--- a table that inherits is added: createTable createTable createTable
--- becomes
CREATE TABLE p (id integer NOT NULL CONSTRAINT positive CHECK (id > 0) NO INHERIT, CHECK (id < 100));
CREATE TABLE q (extra text);
CREATE TABLE t (own text DEFAULT 'x', PRIMARY KEY (id)) INHERITS (p, q);
CREATE INDEX ix ON t (extra);

--- columns of a parent table are added, altered and dropped: addColumn alterColumn dropColumn
CREATE TABLE p (id integer, gone text, typed integer);
CREATE TABLE t (own text) INHERITS (p);
INSERT INTO t VALUES (1, 'x', 2, 'y');
--- becomes
CREATE TABLE p (id integer, typed bigint, more text);
CREATE TABLE t (own text) INHERITS (p);

--- a table starts inheriting and gets the missing column [local]: addColumn alterTable
CREATE TABLE p (id integer NOT NULL, more text DEFAULT 'm');
CREATE TABLE t (id integer NOT NULL, own text);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE p (id integer NOT NULL, more text DEFAULT 'm');
CREATE TABLE t (own text) INHERITS (p);

--- a table stops inheriting and keeps its columns [local]: alterTable
CREATE TABLE p (id integer NOT NULL DEFAULT 7, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE t (own text) INHERITS (p);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE p (id integer NOT NULL DEFAULT 7, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE t (id integer NOT NULL DEFAULT 7, own text, CONSTRAINT positive CHECK (id > 0));

--- a table stops inheriting and keeps using its parent's sequence [local]: alterTable
CREATE TABLE p (id serial, a text);
CREATE TABLE t (own text) INHERITS (p);
INSERT INTO t VALUES (DEFAULT, 'a', 'x');
--- becomes
CREATE TABLE p (id serial, a text);
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('p_id_seq'), a text, own text);

--- a table stops inheriting and keeps using its parent's renamed sequence [local]: alterTable
CREATE TABLE p (id serial, a text);
ALTER SEQUENCE p_id_seq RENAME TO "Counter";
CREATE TABLE t (own text) INHERITS (p);
INSERT INTO t VALUES (DEFAULT, 'a', 'x');
--- becomes
CREATE TABLE p (id serial, a text);
ALTER SEQUENCE p_id_seq RENAME TO "Counter";
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('"Counter"'), a text, own text);

--- a table stops inheriting and gets its own sequence [local]: alterTable alterColumn
CREATE TABLE p (id serial, a text);
CREATE TABLE t (own text) INHERITS (p);
CREATE TABLE u (far text) INHERITS (t);
INSERT INTO t VALUES (DEFAULT, 'a', 'x');
--- becomes
CREATE TABLE p (id serial, a text);
CREATE TABLE t (id serial, a text, own text);
CREATE TABLE u (far text) INHERITS (t);

--- a table stops inheriting from a dropped one and loses a column of it [local]: alterTable dropColumn dropTable
CREATE TABLE g (deep integer);
CREATE TABLE p (id integer, gone text) INHERITS (g);
CREATE TABLE q (other date);
CREATE TABLE t (own text) INHERITS (q, p);
INSERT INTO t VALUES ('2026-01-08', 1, 2, 'y', 'x');
--- becomes
CREATE TABLE g (deep integer);
CREATE TABLE q (other date);
CREATE TABLE t (own text, deep integer, id integer) INHERITS (q);

--- a column moves to the parent table and another to the child [local]: alterTable alterTable addColumn addColumn dropColumn addColumn alterTable alterTable
CREATE TABLE p (a integer, c text);
CREATE TABLE t (b text DEFAULT 'x', d integer) INHERITS (p);
CREATE TABLE u (e integer) INHERITS (t);
INSERT INTO t VALUES (1, 'c', 'b', 2);
INSERT INTO u VALUES (3, 'd', 'e', 4, 5);
--- becomes
CREATE TABLE p (a integer, b text DEFAULT 'x', e integer);
CREATE TABLE t (c text, d integer) INHERITS (p);
CREATE TABLE u () INHERITS (t);

--- a table with columns of another table's row type is added: createTable createTable
--- becomes
CREATE TABLE z (a integer);
CREATE TABLE a (z z, more z[]);

--- a view takes the name of a table: dropTable createObject
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
--- becomes
CREATE TABLE b (id integer PRIMARY KEY);
CREATE VIEW a AS SELECT id FROM b;

--- an enum type takes the name of a table: dropTable createEnum addColumn
CREATE TABLE mood (id integer PRIMARY KEY);
CREATE TABLE t (n integer);
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (n integer, m mood);

--- a table takes the name of an index that is renamed: renameIndex createTable
CREATE TABLE a (n integer);
CREATE INDEX s ON a (n);
--- becomes
CREATE TABLE a (n integer);
CREATE INDEX r ON a (n);
CREATE TABLE s (n integer);

--- an index takes the name of a table: dropTable createIndex
CREATE TABLE a (n integer);
CREATE TABLE b (n integer);
--- becomes
CREATE TABLE a (n integer);
CREATE INDEX b ON a (n);

--- tables that refer to each other are dropped with the views on them: dropObject dropObject dropObject dropConstraint dropTable dropTable
CREATE TABLE a (n integer PRIMARY KEY, m integer);
CREATE TABLE b (n integer PRIMARY KEY REFERENCES a, m integer);
ALTER TABLE a ADD FOREIGN KEY (m) REFERENCES b;
CREATE VIEW v AS SELECT a.n FROM a JOIN b USING (n);
CREATE MATERIALIZED VIEW w AS SELECT n FROM v;
CREATE UNIQUE INDEX wi ON w (n);
--- becomes
