--- columns are added: addColumn addColumn addColumn
CREATE TABLE t (id integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer, a text, b integer NOT NULL DEFAULT 3, c timestamptz DEFAULT now());
COMMENT ON COLUMN t.a IS 'with a comment';

--- a column with constraints and an index is added: addColumn createIndex
CREATE TABLE t (id integer PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE CHECK (a > 0) REFERENCES t);
CREATE INDEX ix ON t (a DESC);

--- columns are dropped: dropColumn dropColumn
CREATE TABLE t (id integer, a text NOT NULL DEFAULT 'x' COLLATE "C", b numeric(10, 2));
INSERT INTO t VALUES (1, 'a', 2.5);
--- becomes
CREATE TABLE t (id integer);

--- a column is dropped with its constraints and index: dropIndex dropConstraint dropConstraint dropColumn
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE, b integer, CHECK (a > b));
CREATE INDEX ix ON t (a, b);
INSERT INTO t VALUES (1, 2, 1);
--- becomes
CREATE TABLE t (id integer PRIMARY KEY, b integer);

--- a column becomes nullable and another not null: alterColumn alterColumn
CREATE TABLE t (a integer NOT NULL, b text);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text NOT NULL);

--- arguments of types change: alterColumn alterColumn alterColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a varchar(10), b varchar, c numeric(10), d numeric, e timestamp(3), f char(3));
INSERT INTO t VALUES ('a', 'b', 1, 2.5, '2026-01-02 03:04:05', 'abc');
--- becomes
CREATE TABLE t (a varchar, b varchar(20), c numeric(10, 2), d numeric(8, 3), e timestamp, f char(5));

--- types change within their families: alterColumn alterColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a integer, b real, c varchar(5), d timestamp, e json);
INSERT INTO t VALUES (1, 2.5, 'c', '2026-01-02 03:04:05', '{}');
--- becomes
CREATE TABLE t (a bigint, b double precision, c text, d timestamptz, e jsonb);

--- types of arrays change: alterColumn alterColumn
CREATE TABLE t (a integer[], b varchar(3)[]);
INSERT INTO t VALUES ('{1,2}', '{a,b}');
--- becomes
CREATE TABLE t (a bigint[], b text[]);

--- PostgreSQL-only types are added and changed: addColumn addColumn addColumn addColumn alterColumn
CREATE TABLE t (a bit(3));
INSERT INTO t VALUES (B'101');
--- becomes
CREATE TABLE t (a bit varying(5), b inet, c interval day to second, d point, e tsvector);

--- a text column becomes an integer: alterColumn
CREATE TABLE t (a text);
INSERT INTO t VALUES ('12');
--- becomes
CREATE TABLE t (a integer);

--- defaults are added, changed and dropped: alterColumn alterColumn alterColumn alterColumn
CREATE TABLE t (a integer DEFAULT 1, b text DEFAULT 'x', c json, d timestamptz DEFAULT now());
INSERT INTO t VALUES (1, 'x', '{}', '2026-01-02 03:04:05+00');
--- becomes
CREATE TABLE t (a integer DEFAULT 2, b text, c json DEFAULT '{"a": [1]}', d timestamptz DEFAULT '2026-01-01 00:00:00+00');

--- a column with a default gets another type: alterColumn
CREATE TABLE t (a text DEFAULT '5');
INSERT INTO t VALUES ('1');
--- becomes
CREATE TABLE t (a integer DEFAULT 5);

--- types and defaults are only spelled differently: 
CREATE TABLE t (a int4 DEFAULT 5, b character varying(3), c decimal(5), d timestamp with time zone DEFAULT CURRENT_TIMESTAMP, e float8 DEFAULT 5.0);
INSERT INTO t VALUES (1, 'x', 1, now(), 1);
--- becomes
CREATE TABLE t (e double precision DEFAULT 5.0, d timestamptz DEFAULT CURRENT_TIMESTAMP, a integer DEFAULT 5, b varchar(3), c numeric(5, 0));

--- collations are added, changed and dropped: addColumn alterColumn alterColumn
CREATE TABLE t (a text, b text COLLATE "C");
CREATE INDEX ix ON t (a);
INSERT INTO t VALUES ('a', 'b');
--- becomes
CREATE TABLE t (a text COLLATE "C", b text, c varchar(3) COLLATE "POSIX");
CREATE INDEX ix ON t (a);

--- collations of one name in several schemas are exchanged [alone]: alterColumn alterColumn dropIndex createIndex
CREATE COLLATION mine (locale = 'C');
CREATE COLLATION "C" (locale = 'POSIX');
CREATE SCHEMA other_0_app;
CREATE COLLATION other_0_app.mine (locale = 'POSIX');
CREATE COLLATION other_0_app."It's" (locale = 'POSIX');
CREATE TABLE t (a text COLLATE mine);
CREATE TABLE u (a text COLLATE "C");
CREATE TABLE v (a text COLLATE other_0_app."It's");
CREATE INDEX i ON v (a COLLATE mine);
INSERT INTO t VALUES ('a');
--- becomes
CREATE COLLATION mine (locale = 'C');
CREATE COLLATION "C" (locale = 'POSIX');
CREATE SCHEMA other_0_app;
CREATE COLLATION other_0_app.mine (locale = 'POSIX');
CREATE COLLATION other_0_app."It's" (locale = 'POSIX');
CREATE TABLE t (a text COLLATE other_0_app.mine);
CREATE TABLE u (a text COLLATE case_0."C");
CREATE TABLE v (a text COLLATE other_0_app."It's");
CREATE INDEX i ON v (a COLLATE other_0_app.mine);

--- domains and composite types get collations of another schema [alone]: dropObject createObject dropObject createObject
CREATE SCHEMA other_0_app;
CREATE COLLATION other_0_app.mine (locale = 'POSIX');
CREATE DOMAIN d AS text COLLATE "C";
CREATE TYPE y AS (a text);
--- becomes
CREATE SCHEMA other_0_app;
CREATE COLLATION other_0_app.mine (locale = 'POSIX');
CREATE DOMAIN d AS text COLLATE other_0_app.mine;
CREATE TYPE y AS (a text COLLATE other_0_app.mine);

--- an identity is added, changed and dropped: alterColumn alterColumn alterColumn
CREATE TABLE t (a integer NOT NULL, b bigint GENERATED ALWAYS AS IDENTITY (START 5), c integer GENERATED BY DEFAULT AS IDENTITY);
INSERT INTO t (a) VALUES (1);
--- becomes
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (INCREMENT 2), b bigint GENERATED BY DEFAULT AS IDENTITY (CACHE 3 CYCLE), c integer NOT NULL);

--- tables are added whose sequences have the names of another table: createTable createTable createObject createObject
--- becomes
CREATE TABLE old (id serial, n integer GENERATED ALWAYS AS IDENTITY (START 5), m bigserial);
ALTER SEQUENCE old_m_seq INCREMENT BY 3;
ALTER TABLE old RENAME TO t;
CREATE TABLE s (id integer DEFAULT nextval('old_id_seq'));
CREATE VIEW v AS SELECT last_value FROM old_m_seq;
GRANT USAGE ON SEQUENCE old_n_seq TO PUBLIC;

--- the sequences of columns have other names, which something names: alterColumn alterColumn alterColumn
CREATE TABLE old (id serial, n integer GENERATED ALWAYS AS IDENTITY, m bigserial);
ALTER TABLE old RENAME TO t;
CREATE TABLE s (id integer DEFAULT nextval('old_id_seq'));
CREATE VIEW v AS SELECT last_value FROM old_m_seq;
GRANT USAGE ON SEQUENCE old_n_seq TO PUBLIC;
INSERT INTO t DEFAULT VALUES;
--- becomes
CREATE TABLE t (id serial, n integer GENERATED ALWAYS AS IDENTITY, m bigserial);
CREATE TABLE s (id integer DEFAULT nextval('t_id_seq'));
CREATE VIEW v AS SELECT last_value FROM t_m_seq;
GRANT USAGE ON SEQUENCE t_n_seq TO PUBLIC;

--- the sequences of columns have other names, which nothing names [same]:
CREATE TABLE old (id serial, n integer GENERATED ALWAYS AS IDENTITY);
ALTER TABLE old RENAME TO t;
INSERT INTO t DEFAULT VALUES;
--- becomes
CREATE TABLE t (id serial, n integer GENERATED ALWAYS AS IDENTITY);

--- the bounds of identities change, and with them the starts: alterColumn alterColumn alterColumn
CREATE TABLE t (
  a integer GENERATED ALWAYS AS IDENTITY,
  b integer GENERATED ALWAYS AS IDENTITY (MINVALUE 10),
  c integer GENERATED ALWAYS AS IDENTITY (INCREMENT BY -1)
);
INSERT INTO t DEFAULT VALUES;
--- becomes
CREATE TABLE t (
  a integer GENERATED ALWAYS AS IDENTITY (MINVALUE 0),
  b integer GENERATED ALWAYS AS IDENTITY,
  c integer GENERATED ALWAYS AS IDENTITY (INCREMENT BY -1 MAXVALUE 5)
);

--- an identity column is added: addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1), (2);
--- becomes
CREATE TABLE t (a integer, b bigint GENERATED ALWAYS AS IDENTITY);

--- a primary key becomes an identity: alterColumn
CREATE TABLE t (id integer PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY);

--- a SERIAL key stays where an identity is wanted [same]:
CREATE TABLE t (id serial PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY);

--- SERIAL columns are added: createTable addColumn
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1), (2);
--- becomes
CREATE TABLE t (a integer, b bigserial);
CREATE TABLE u (id serial PRIMARY KEY, n smallserial);

--- SERIAL columns are dropped: dropColumn dropTable
CREATE TABLE t (a integer, b bigserial);
CREATE TABLE u (id serial PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);

--- a column becomes SERIAL and another plain: alterColumn alterColumn
CREATE TABLE t (a serial, b integer NOT NULL);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer NOT NULL, b serial);

--- a SERIAL column becomes an identity and vice versa: alterColumn alterColumn
CREATE TABLE t (a serial, b bigint GENERATED ALWAYS AS IDENTITY (START 7));
INSERT INTO t (a) VALUES (DEFAULT), (DEFAULT);
--- becomes
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b bigserial);

--- a SERIAL column becomes BIGSERIAL: alterColumn
CREATE TABLE t (a serial);
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE TABLE t (a bigserial);

--- computed columns are added and dropped: addColumn dropColumn
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, c text GENERATED ALWAYS AS (a::text || 'x') STORED);

--- the expression of a computed column changes: dropIndex dropColumn addColumn createIndex
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX ix ON t (b);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 3) STORED);
CREATE INDEX ix ON t (b);

--- a computed column becomes plain: alterColumn
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, b integer);

--- the type of a column changes under a computed column: dropColumn alterColumn addColumn
CREATE TABLE t (a integer, b bigint GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a bigint, b bigint GENERATED ALWAYS AS (a * 2) STORED);

--- a stored column becomes virtual [since 18]: dropColumn addColumn
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);

--- comments on columns are added and changed: alterColumn alterColumn
CREATE TABLE t (a integer, b integer);
COMMENT ON COLUMN t.a IS 'old';
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer);
COMMENT ON COLUMN t.a IS 'new';
COMMENT ON COLUMN t.b IS 'too';
