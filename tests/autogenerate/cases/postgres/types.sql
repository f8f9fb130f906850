--- an enum type and a column of it are added: createEnum addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE t (a integer, m mood NOT NULL DEFAULT 'sad');

--- a text column becomes an enum: createEnum alterColumn
CREATE TABLE t (m varchar(10) DEFAULT 'sad');
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'sad');

--- an enum type used by a column and an array is replaced by another: createEnum alterColumn alterColumn dropEnum
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (a mood, b mood[]);
INSERT INTO t VALUES ('sad', '{sad,ok}');
--- becomes
CREATE TYPE feeling AS ENUM ('sad', 'ok');
CREATE TABLE t (a feeling, b feeling[]);

--- an enum type is dropped with its table: dropTable dropEnum
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood);
INSERT INTO t VALUES ('ok');
--- becomes

--- enum values are added: addEnumValue addEnumValue addEnumValue
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood);
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('worst', 'sad', 'so-so', 'ok', 'best');
CREATE TABLE t (m mood);

--- an enum value is added and used as a default: alterColumn changeEnum alterColumn
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok');
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood DEFAULT 'best');

--- an enum value is dropped: changeEnum
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood NOT NULL DEFAULT 'ok', n mood[] DEFAULT '{sad}');
CREATE INDEX ix ON t (m);
INSERT INTO t VALUES ('ok', '{sad,ok}');
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood NOT NULL DEFAULT 'ok', n mood[] DEFAULT '{sad}');
CREATE INDEX ix ON t (m);

--- enum values are reordered: dropObject dropConstraint changeEnum addConstraint createObject
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TABLE t (m mood, CHECK (m <> 'sad'));
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';
INSERT INTO t VALUES ('ok');
--- becomes
CREATE TYPE mood AS ENUM ('best', 'ok', 'sad');
CREATE TABLE t (m mood, CHECK (m <> 'sad'));
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';

--- a domain is added: createObject alterColumn
CREATE TABLE t (a text);
INSERT INTO t VALUES ('a@b');
--- becomes
CREATE DOMAIN email AS varchar(100) COLLATE "C" DEFAULT 'x@y' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);

--- the check of a domain changes: replaceObject
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email);
INSERT INTO t VALUES ('a@b');
--- becomes
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%_@_%');
CREATE TABLE t (a email);

--- a composite type and a column of it are added: createObject addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TYPE pair AS (x integer, "Y" text COLLATE "C");
CREATE TABLE t (a integer, p pair);

--- a sequence is added and another dropped: createObject addColumn dropObject
CREATE SEQUENCE old START 5;
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE SEQUENCE new AS integer INCREMENT -2 MINVALUE -100 MAXVALUE 10 START 9 CACHE 5 CYCLE;
CREATE TABLE t (a integer, b integer DEFAULT nextval('new'));

--- the increment of a sequence changes: replaceObject
CREATE SEQUENCE s START 5;
CREATE TABLE t (a integer DEFAULT nextval('s'));
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE SEQUENCE s START 5 INCREMENT 3;
CREATE TABLE t (a integer DEFAULT nextval('s'));

--- the directions and types of sequences change: replaceObject replaceObject
CREATE SEQUENCE down AS integer;
CREATE SEQUENCE up AS smallint INCREMENT BY -1;
SELECT nextval('up');
--- becomes
CREATE SEQUENCE down AS smallint INCREMENT BY -1;
CREATE SEQUENCE up;

--- a sequence becomes unlogged and another logged [since 15]: replaceObject replaceObject
CREATE SEQUENCE s START 5;
CREATE UNLOGGED SEQUENCE u;
CREATE TABLE t (a integer DEFAULT nextval('s'));
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE UNLOGGED SEQUENCE s START 5;
CREATE SEQUENCE u INCREMENT 2;
CREATE TABLE t (a integer DEFAULT nextval('s'));

--- a column comes to own a sequence and another stops owning one: dropObject createObject
CREATE SEQUENCE s;
CREATE SEQUENCE "S";
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), "b.B" bigint DEFAULT nextval('"S"') * 2, c integer);
ALTER SEQUENCE s OWNED BY t.c;
INSERT INTO t DEFAULT VALUES;
--- becomes
CREATE SEQUENCE s;
CREATE SEQUENCE "S";
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), "b.B" bigint DEFAULT nextval('"S"') * 2, c integer);
ALTER SEQUENCE "S" OWNED BY t."b.B";

--- a sequence gets another owner: dropObject createObject
CREATE SEQUENCE s;
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), c integer);
ALTER SEQUENCE s OWNED BY t.c;
INSERT INTO t DEFAULT VALUES;
--- becomes
CREATE SEQUENCE s;
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), c integer);
ALTER SEQUENCE s OWNED BY t.a;

--- owned sequences are added and dropped with columns and tables: dropObject dropObject createObject createObject createTable addColumn dropColumn createObject createObject dropTable dropObject dropObject
CREATE SEQUENCE s;
CREATE SEQUENCE r;
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), b integer);
CREATE TABLE u (a text DEFAULT 'x' || nextval('r'));
ALTER SEQUENCE s OWNED BY t.a;
ALTER SEQUENCE r OWNED BY u.a;
INSERT INTO t VALUES (DEFAULT, 1);
--- becomes
CREATE SEQUENCE p;
CREATE SEQUENCE q;
CREATE TABLE t (b integer, c text DEFAULT 'x' || nextval('p'));
CREATE TABLE v (a text DEFAULT 'x' || nextval('q'));
ALTER SEQUENCE p OWNED BY t.c;
ALTER SEQUENCE q OWNED BY v.a;

--- the type of a column that owns a sequence changes: alterColumn
CREATE SEQUENCE s;
CREATE TABLE t (a bigint DEFAULT nextval('s') * 2);
ALTER SEQUENCE s OWNED BY t.a;
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE SEQUENCE s;
CREATE TABLE t (a numeric DEFAULT nextval('s') * 2);
ALTER SEQUENCE s OWNED BY t.a;

--- the default of a SERIAL key becomes an expression on its sequence: alterColumn
CREATE TABLE t (a serial PRIMARY KEY, b text);
INSERT INTO t (b) VALUES ('x'), ('y');
--- becomes
CREATE SEQUENCE t_a_seq AS integer;
CREATE TABLE t (a integer PRIMARY KEY DEFAULT nextval('t_a_seq') * 10, b text);
ALTER SEQUENCE t_a_seq OWNED BY t.a;

--- the sequence of a SERIAL key loses its owner and changes: dropObject alterColumn replaceObject
CREATE TABLE t (a smallserial PRIMARY KEY, b text);
ALTER SEQUENCE t_a_seq INCREMENT 3 START 5 MAXVALUE 3000;
INSERT INTO t (b) VALUES ('x'), ('y');
--- becomes
CREATE SEQUENCE t_a_seq INCREMENT 7;
CREATE TABLE t (a smallint PRIMARY KEY DEFAULT nextval('t_a_seq') * 10, b text);

--- a SERIAL column stops owning its sequence and another column starts: dropObject createObject
CREATE SEQUENCE u_a_seq AS integer;
CREATE TABLE t (a serial);
CREATE TABLE u (a integer NOT NULL DEFAULT nextval('u_a_seq'));
INSERT INTO t DEFAULT VALUES;
INSERT INTO u DEFAULT VALUES;
--- becomes
CREATE SEQUENCE t_a_seq AS integer;
CREATE TABLE t (a integer NOT NULL DEFAULT nextval('t_a_seq'));
CREATE TABLE u (a serial);

--- a SERIAL column is dropped and its sequence kept: dropObject dropColumn
CREATE TABLE t (a serial, b text);
INSERT INTO t (b) VALUES ('x');
--- becomes
CREATE SEQUENCE t_a_seq AS integer;
CREATE TABLE t (b text);

--- SERIAL columns whose sequences other tables use are added and dropped: createTable createTable dropTable dropTable
CREATE TABLE t (a serial);
CREATE TABLE u (a integer DEFAULT nextval('t_a_seq'));
INSERT INTO u VALUES (DEFAULT);
--- becomes
CREATE TABLE z (a serial);
CREATE TABLE b (a integer DEFAULT nextval('z_a_seq'));

--- the sequence of a SERIAL column that has lost its default is dropped: dropObject dropObject
CREATE TABLE t (a serial, b text);
ALTER TABLE t ALTER a DROP DEFAULT;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer NOT NULL, b text);

--- an extension and a column of its type are added [alone]: createObject addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE EXTENSION citext;
CREATE TABLE t (a integer, b citext);

--- constraints of domains are added and dropped: replaceObject replaceObject
CREATE DOMAIN a AS text DEFAULT 'x, NOT NULL' NOT NULL CONSTRAINT "Short" CHECK (length(VALUE) < 9) CONSTRAINT kept CHECK (VALUE <> '');
CREATE DOMAIN b AS integer;
CREATE TABLE t (a a, b b);
INSERT INTO t VALUES ('a', 1);
--- becomes
CREATE DOMAIN a AS text CONSTRAINT kept CHECK (VALUE <> '');
CREATE DOMAIN b AS integer DEFAULT 7 NOT NULL CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE t (a a, b b);

--- the attributes of a composite type change: replaceObject
CREATE TYPE pair AS (x integer, "Y" text);
CREATE TABLE t (a integer, p pair);
INSERT INTO t VALUES (1, NULL);
--- becomes
CREATE TYPE pair AS (x integer, z numeric(10, 2), w text[]);
CREATE TABLE t (a integer, p pair);

--- a composite type and a domain with quoted names are altered: replaceObject replaceObject
CREATE TYPE "A ""pair"" AS (x)" AS (x integer);
CREATE DOMAIN "My domain" AS integer;
CREATE TABLE t (p "A ""pair"" AS (x)", d "My domain");
INSERT INTO t VALUES (NULL, 2);
--- becomes
CREATE TYPE "A ""pair"" AS (x)" AS (x integer, y text);
CREATE DOMAIN "My domain" AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE t (p "A ""pair"" AS (x)", d "My domain");

--- the base type of a domain in use changes: dropObject alterColumn dropIndex alterColumn alterColumn alterColumn alterColumn dropObject createObject alterColumn alterColumn alterColumn createIndex createObject
CREATE DOMAIN email AS varchar(20) CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email NOT NULL DEFAULT 'x@y', b email[], c integer);
CREATE INDEX ON t (lower(a));
CREATE VIEW v AS SELECT a, c FROM t WHERE a <> 'q';
INSERT INTO t VALUES ('a@b', '{c@d,e@f}', 1), (DEFAULT, NULL, 2);
--- becomes
CREATE DOMAIN email AS varchar(40) CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (a email NOT NULL DEFAULT 'x@y', b email[], c integer);
CREATE INDEX ON t (lower(a));
CREATE VIEW v AS SELECT a, c FROM t WHERE a <> 'q';

--- the base type of a domain under a domain and a key becomes another kind: dropConstraint alterColumn alterColumn dropConstraint alterColumn alterColumn dropObject alterColumn alterColumn alterColumn dropObject dropObject createObject createObject createObject alterColumn alterColumn alterColumn alterColumn addConstraint addConstraint
CREATE DOMAIN money_text AS text DEFAULT '1';
CREATE DOMAIN paid AS money_text CONSTRAINT is_there CHECK (VALUE <> '');
CREATE TABLE t (id money_text PRIMARY KEY, p paid NOT NULL DEFAULT '5');
CREATE TABLE u (id money_text REFERENCES t (id), CHECK (id <> '7'));
CREATE FUNCTION double(m money_text) RETURNS money_text LANGUAGE sql AS 'SELECT m || m';
INSERT INTO t VALUES ('3', '4'), ('4', DEFAULT);
INSERT INTO u VALUES ('3');
--- becomes
CREATE DOMAIN money_text AS integer DEFAULT 1;
CREATE DOMAIN paid AS money_text CONSTRAINT is_there CHECK (VALUE > 0);
CREATE TABLE t (id money_text PRIMARY KEY, p paid NOT NULL DEFAULT 5);
CREATE TABLE u (id money_text REFERENCES t (id), CHECK (id <> 7));
CREATE FUNCTION double(m money_text) RETURNS money_text LANGUAGE sql AS 'SELECT m + m';

--- the type of an attribute changes in a composite type in use: alterColumn alterColumn dropObject createObject alterColumn alterColumn
CREATE TYPE pair AS (x integer, "Y" text);
CREATE TABLE t (a integer, p pair, q pair[]);
INSERT INTO t VALUES (1, '(2,"b ""c"", d")', '{"(3,)"}'), (2, NULL, NULL);
--- becomes
CREATE TYPE pair AS (x bigint, "Y" varchar(20));
CREATE TABLE t (a integer, p pair, q pair[]);

--- the type of a column with a collation changes: alterColumn
CREATE TABLE t (a text COLLATE "C");
INSERT INTO t VALUES ('b');
--- becomes
CREATE TABLE t (a varchar(10) COLLATE "C");

--- columns become domains and a domain column changes its domain: createObject createObject alterColumn alterColumn alterColumn alterColumn dropObject
CREATE DOMAIN old AS integer;
CREATE TABLE t (a text, b integer, c text[], d old);
INSERT INTO t VALUES ('12', 3, '{45}', 6);
--- becomes
CREATE DOMAIN short AS varchar(5);
CREATE DOMAIN number AS bigint;
CREATE TABLE t (a number, b short, c short[], d short);

--- enum types under domains are changed and replaced: alterColumn alterColumn alterColumn dropObject alterColumn dropObject changeEnum createObject alterColumn alterColumn dropObject createObject createObject alterColumn alterColumn alterColumn alterColumn alterColumn
CREATE TYPE mood AS ENUM ('sad', 'ok', 'best');
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TYPE width AS ENUM ('m', 's');
CREATE DOMAIN felt AS mood DEFAULT 'ok';
CREATE DOMAIN moods AS mood[];
CREATE DOMAIN fit AS size;
CREATE TABLE t (a felt NOT NULL DEFAULT 'sad', b moods, c felt[], d fit, e mood);
INSERT INTO t VALUES (DEFAULT, '{ok,sad}', '{sad}', 's', 'ok'), ('ok', NULL, NULL, 'm', NULL);
--- becomes
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TYPE width AS ENUM ('m', 's');
CREATE DOMAIN felt AS mood DEFAULT 'ok';
CREATE DOMAIN moods AS mood[];
CREATE DOMAIN fit AS width;
CREATE TABLE t (a felt NOT NULL DEFAULT 'sad', b moods, c felt[], d fit, e mood);

--- the collation of a domain and of its columns changes: alterColumn alterColumn alterColumn alterColumn alterColumn dropObject createObject alterColumn alterColumn alterColumn alterColumn
CREATE DOMAIN word AS text COLLATE "C";
CREATE TABLE t (a word COLLATE "POSIX");
CREATE TABLE u (b word NOT NULL DEFAULT 'x');
CREATE INDEX ON t (a);
INSERT INTO t VALUES ('a');
INSERT INTO u VALUES ('b');
--- becomes
CREATE DOMAIN word AS text COLLATE "POSIX";
CREATE TABLE t (a word);
CREATE TABLE u (b word COLLATE "C" DEFAULT 'y');
CREATE INDEX ON t (a);

--- values are dropped from an enum used by arrays, a computed column and indexes: dropObject dropIndex dropIndex dropConstraint dropColumn changeEnum addColumn addConstraint createIndex createIndex createObject
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (
  m mood[] DEFAULT '{a,b}', p mood DEFAULT 'a', q boolean GENERATED ALWAYS AS (p = 'a') STORED, CHECK (p <> 'b')
);
CREATE INDEX ix ON t ((p = 'a'));
CREATE INDEX ix2 ON t (p) WHERE p = 'b';
CREATE VIEW v AS SELECT m FROM t;
INSERT INTO t VALUES ('{b}', 'a');
--- becomes
CREATE TYPE mood AS ENUM ('b', 'a');
CREATE TABLE t (
  m mood[] DEFAULT '{a,b}', p mood DEFAULT 'a', q boolean GENERATED ALWAYS AS (p = 'a') STORED, CHECK (p <> 'b')
);
CREATE INDEX ix ON t ((p = 'a'));
CREATE INDEX ix2 ON t (p) WHERE p = 'b';
CREATE VIEW v AS SELECT m FROM t;

--- the type of an attribute changes in a composite type used by a function and an index: dropObject dropIndex alterColumn alterColumn dropObject dropObject createObject createObject alterColumn alterColumn createIndex createObject
CREATE TYPE c AS (a integer, b text);
CREATE TABLE t (x c, y c[]);
CREATE FUNCTION f(c) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).a $$;
CREATE VIEW v AS SELECT (x).a FROM t;
CREATE INDEX ix ON t (f(x));
INSERT INTO t VALUES (ROW(1, 'x'), ARRAY[ROW(2, 'y')::c]);
--- becomes
CREATE TYPE c AS (a bigint, b text);
CREATE TABLE t (x c, y c[]);
CREATE FUNCTION f(c) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).a::integer $$;
CREATE VIEW v AS SELECT (x).a FROM t;
CREATE INDEX ix ON t (f(x));

--- values are reordered in an enum used by a domain in a composite type: alterColumn dropObject dropObject changeEnum createObject createObject alterColumn
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN d AS mood;
CREATE TYPE comp AS (a d, b integer);
CREATE TABLE t (c comp);
INSERT INTO t VALUES (ROW('a', 1));
--- becomes
CREATE TYPE mood AS ENUM ('b', 'a');
CREATE DOMAIN d AS mood;
CREATE TYPE comp AS (a d, b integer);
CREATE TABLE t (c comp);

--- a domain becomes an enum of its name, in columns with defaults, an array, a view and a composite type: dropObject alterColumn dropIndex alterColumn alterColumn dropColumn alterColumn dropObject dropObject createEnum createObject addColumn alterColumn alterColumn alterColumn alterColumn createIndex createObject
CREATE DOMAIN mood AS text CONSTRAINT is_there CHECK (VALUE <> '');
CREATE TYPE felt AS (m mood, since integer);
CREATE TABLE t (a mood NOT NULL DEFAULT 'sad', b mood[], c felt, d mood GENERATED ALWAYS AS ('ok'::mood) STORED);
CREATE INDEX ON t ((a = 'ok'));
CREATE VIEW v AS SELECT a, b FROM t WHERE a <> 'q';
INSERT INTO t VALUES ('ok', '{sad,ok}', ROW('sad', 1)), (DEFAULT, NULL, NULL);
--- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE felt AS (m mood, since integer);
CREATE TABLE t (a mood NOT NULL DEFAULT 'ok', b mood[], c felt, d mood GENERATED ALWAYS AS ('ok'::mood) STORED);
CREATE INDEX ON t ((a = 'ok'));
CREATE VIEW v AS SELECT a, b FROM t WHERE a <> 'sad';

--- a domain becomes a composite type, a composite type an enum, and an enum a domain that a key and a function have: alterColumn alterColumn dropObject createObject alterColumn dropObject createEnum alterColumn dropConstraint alterColumn alterColumn alterColumn alterColumn dropObject dropEnum createObject createObject alterColumn alterColumn alterColumn alterColumn alterColumn addConstraint
CREATE DOMAIN a AS varchar(20);
CREATE TYPE b AS (x integer);
CREATE TYPE c AS ENUM ('1', '2');
CREATE TABLE t (a a, b b, c c PRIMARY KEY DEFAULT '1');
CREATE TABLE u (c c REFERENCES t (c));
CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS 'SELECT $1';
INSERT INTO t VALUES ('(1,2)', '(3)', '2');
INSERT INTO u VALUES ('2');
--- becomes
CREATE TYPE a AS (x integer, y integer);
CREATE TYPE b AS ENUM ('(3)');
CREATE DOMAIN c AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE t (a a, b b, c c PRIMARY KEY DEFAULT 1);
CREATE TABLE u (c c REFERENCES t (c));
CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS 'SELECT $1';
