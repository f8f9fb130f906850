--- an enum type and a column of it: createEnum addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE t (a integer, m mood NOT NULL DEFAULT 'sad');

--- a text becomes an enum: createEnum alterColumn
CREATE TABLE t (m varchar(10) DEFAULT 'sad');
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'sad');

--- an enum type goes with its table: dropTable dropEnum
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood);
INSERT INTO t VALUES ('ok');
--- becomes

--- labels are added: addEnumValue addEnumValue addEnumValue
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood);
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('worst', 'sad', 'so-so', 'ok', 'best');
CREATE TABLE t (m mood);

--- a label is added and used: alterColumn changeEnum alterColumn
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok');
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood DEFAULT 'best');

--- a label is taken away: changeEnum
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood NOT NULL DEFAULT 'ok', n mood[] DEFAULT '{sad}');
CREATE INDEX ix ON t (m);
INSERT INTO t VALUES ('ok', '{sad,ok}');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood NOT NULL DEFAULT 'ok', n mood[] DEFAULT '{sad}');
CREATE INDEX ix ON t (m);

--- labels in another order: dropObject dropConstraint changeEnum addConstraint createObject
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood, CHECK (m <> 'sad'));
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('best', 'ok', 'sad');
CREATE TABLE t (m mood, CHECK (m <> 'sad'));
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';

--- a domain: createObject alterColumn
CREATE TABLE t (a text);
INSERT INTO t VALUES ('a@b');
--- becomes
CREATE DOMAIN email AS varchar(100) COLLATE "C" DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);

--- a domain changes: replaceObject
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);
INSERT INTO t VALUES ('a@b');
--- becomes
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%_@_%');
CREATE TABLE t (a email);

--- a composite type and a column of it: createObject addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TYPE pair AS (x integer, "Y" text COLLATE "C");
CREATE TABLE t (a integer, p pair);

--- sequences: createObject addColumn dropObject
CREATE SEQUENCE old START 5;
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE SEQUENCE new AS integer INCREMENT -2 MINVALUE -100 MAXVALUE 10 START 9 CACHE 5 CYCLE;
CREATE TABLE t (a integer, b integer DEFAULT nextval('new'));

--- a sequence counts otherwise: replaceObject
CREATE SEQUENCE s START 5;
CREATE TABLE t (a integer DEFAULT nextval('s'));
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE SEQUENCE s START 5 INCREMENT 3;
CREATE TABLE t (a integer DEFAULT nextval('s'));

--- an extension [alone]: createObject addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE EXTENSION citext;
CREATE TABLE t (a integer, b citext);

--- a domain says less, and more: replaceObject replaceObject
CREATE DOMAIN a AS text DEFAULT 'x, NOT NULL' NOT NULL CONSTRAINT "Short" CHECK (length(VALUE) < 9) CONSTRAINT kept CHECK (VALUE <> '');
CREATE DOMAIN b AS integer;
CREATE TABLE t (a a, b b);
INSERT INTO t VALUES ('a', 1);
--- becomes
CREATE DOMAIN a AS text CONSTRAINT kept CHECK (VALUE <> '');
CREATE DOMAIN b AS integer DEFAULT 7 NOT NULL CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE t (a a, b b);

--- a composite type has other attributes: replaceObject
CREATE TYPE pair AS (x integer, "Y" text);
CREATE TABLE t (a integer, p pair);
INSERT INTO t VALUES (1, NULL);
--- becomes
CREATE TYPE pair AS (x integer, z numeric(10, 2), w text[]);
CREATE TABLE t (a integer, p pair);

--- names that are quoted, of what is altered where it is: replaceObject replaceObject
CREATE TYPE "A ""pair"" AS (x)" AS (x integer);
CREATE DOMAIN "My domain" AS integer;
CREATE TABLE t (p "A ""pair"" AS (x)", d "My domain");
INSERT INTO t VALUES (NULL, 2);
--- becomes
CREATE TYPE "A ""pair"" AS (x)" AS (x integer, y text);
CREATE DOMAIN "My domain" AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE t (p "A ""pair"" AS (x)", d "My domain");
