--- columns are added: addColumn addColumn
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, b TEXT, c INTEGER DEFAULT 3 NOT NULL);

--- a column with constraints and an index is added: addColumn createIndex
CREATE TABLE t (a TEXT NOT NULL, PRIMARY KEY (a));
INSERT INTO t VALUES ('1');
--- becomes
CREATE TABLE t (a TEXT NOT NULL, b TEXT CONSTRAINT ck CHECK (b <> '') CONSTRAINT fk REFERENCES t (a) ON DELETE SET NULL, PRIMARY KEY (a));
CREATE INDEX ix ON t (b);

--- a column is dropped with its constraint and index: dropIndex dropConstraint dropColumn
CREATE TABLE t (a INTEGER, b TEXT, CONSTRAINT u UNIQUE (a, b));
CREATE INDEX ix ON t (b);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER);

--- a column becomes nullable and another not null: alterColumn alterColumn
CREATE TABLE t (a INTEGER NOT NULL, b TEXT);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER, b TEXT NOT NULL);

--- arguments of types change: alterColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a VARCHAR(10), b VARCHAR, c NUMERIC(10), d NUMERIC);
INSERT INTO t VALUES ('a', 'b', 1, 2.5);
--- becomes
CREATE TABLE t (a VARCHAR, b VARCHAR(20), c NUMERIC(10, 2), d NUMERIC(8, 3));

--- types change: alterColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a INTEGER, b TEXT, c uuid, d);
INSERT INTO t VALUES (1, '2', 'c', 4);
--- becomes
CREATE TABLE t (a BIGINT, b INTEGER, c TEXT, d unsigned big int);

--- a text column becomes an enum: alterColumn addConstraint
CREATE TABLE t (m VARCHAR(10));
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TABLE t (m TEXT, CONSTRAINT mood CHECK (m IN ('sad', 'ok')));

--- the values of an enum change: dropConstraint addConstraint
CREATE TABLE t (m TEXT, CONSTRAINT mood CHECK (m IN ('sad', 'ok')));
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TABLE t (m TEXT, CONSTRAINT mood CHECK (m IN ('sad', 'ok', 'best')));

--- defaults are added, changed and dropped: addColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a INTEGER DEFAULT 1, b TEXT DEFAULT 'x', c TEXT);
INSERT INTO t VALUES (1, 'x', 'y');
--- becomes
CREATE TABLE t (a INTEGER DEFAULT 2, b TEXT, c TEXT DEFAULT (upper('z')), d TEXT DEFAULT CURRENT_TIMESTAMP);

--- collations are changed and dropped: alterColumn alterColumn
CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE);
CREATE INDEX ix ON t (a);
INSERT INTO t VALUES ('a', 'b');
--- becomes
CREATE TABLE t (a TEXT COLLATE RTRIM, b TEXT);
CREATE INDEX ix ON t (a);

--- computed columns are added and dropped: addColumn dropColumn
CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t (a) VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, c TEXT GENERATED ALWAYS AS (a || 'x') VIRTUAL);

--- the expression of a computed column changes: alterColumn
CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE INDEX ix ON t (b);
INSERT INTO t (a) VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 3) STORED);
CREATE INDEX ix ON t (b);

--- a computed column becomes plain: alterColumn
CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t (a) VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, b INTEGER);

--- statements are only spelled differently:
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', b INTEGER, UNIQUE (b));
INSERT INTO t VALUES (1, 'x', 2);
--- becomes
create table "t" ( "id" integer primary key, "a" text default 'x', [b] integer, unique ( `b` ) );

--- a name changes in the case of a non-ASCII letter: addColumn dropColumn
CREATE TABLE "Äpfel" (id INTEGER PRIMARY KEY, "ö" TEXT, a INTEGER);
CREATE TABLE t (a INTEGER REFERENCES "Äpfel");
INSERT INTO "Äpfel" VALUES (1, 'x', 2);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE "Äpfel" (id INTEGER PRIMARY KEY, "Ö" TEXT, a INTEGER);
CREATE TABLE t (a INTEGER REFERENCES "Äpfel");
