--- a view is added: createObject
CREATE TABLE t (a integer, b text);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE VIEW v WITH (security_barrier = true) AS SELECT a, b FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;

--- a column is added to a view: replaceObject
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a FROM t;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;

--- a column is dropped from a view that another view uses: dropObject dropObject createObject createObject
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;

--- a column in the subquery of a view gets another type: dropObject dropObject dropObject dropObject createObject createObject createObject createObject
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT s.a FROM (SELECT a FROM t) s;
CREATE VIEW w AS WITH s AS (SELECT a FROM t) SELECT a FROM s;
CREATE VIEW x AS SELECT a FROM t UNION ALL (SELECT 1);
CREATE VIEW y AS SELECT a FROM w;
--- becomes
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT s.a FROM (SELECT a::bigint AS a FROM t) s;
CREATE VIEW w AS WITH s AS (SELECT a::bigint AS a FROM t) SELECT a FROM s;
CREATE VIEW x AS SELECT a FROM t UNION ALL (SELECT 1::bigint);
CREATE VIEW y AS SELECT a FROM w;

--- only the conditions of a view and its subquery change: replaceObject
CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS WITH s AS (SELECT a FROM t) SELECT a FROM s WHERE a > 1;
CREATE VIEW w AS SELECT a FROM v;
--- becomes
CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS WITH s AS (SELECT a FROM t WHERE b > 2) SELECT a FROM s WHERE EXISTS (SELECT b FROM t);
CREATE VIEW w AS SELECT a FROM v;

--- the type of a column changes under views: dropObject dropObject alterColumn createObject createObject
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a FROM v;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a FROM v;

--- a column is dropped from a table and from its view: dropObject dropColumn createObject
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT a, b FROM t;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT a FROM t;

--- a recursive view and one with a window function are added: createObject createObject
CREATE TABLE t (a integer, b integer);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer);
CREATE RECURSIVE VIEW r (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 10;
CREATE VIEW w AS SELECT a, sum(b) OVER (PARTITION BY a ORDER BY b) AS total FROM t;

--- a materialized view and its indexes are added: createObject createObject createObject
CREATE TABLE t (a integer, b text);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX mi ON m (a);
CREATE INDEX mj ON m (lower(b)) WHERE a > 0;

--- an index of a materialized view changes: replaceObject
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX mi ON m (a);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX mi ON m (b);

--- a materialized view with an index changes: dropObject dropObject createObject createObject
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX mi ON m (a);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b, a + 1 AS c FROM t;
CREATE INDEX mi ON m (a);

--- the type of a column changes under a materialized view: dropObject dropObject alterColumn createObject createObject
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX mi ON m (a);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a bigint, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX mi ON m (a);

--- functions are added and changed: createObject replaceObject dropObject
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + 2';
CREATE FUNCTION f(a text, VARIADIC b integer[] DEFAULT '{}') RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_temp AS $$BEGIN RETURN NEXT a; END$$;
CREATE TABLE t (a integer);

--- the return type of a function changes: dropObject createObject
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--- becomes
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''1''';

--- a default and an index that call functions are added: createObject createObject addColumn createIndex
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE TABLE t (a integer, b integer DEFAULT f());
CREATE INDEX ix ON t (g(a));

--- a function that ends with the name of a new table is added: createTable createObject
--- becomes
CREATE TABLE t (a integer);
CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql AS 'SELECT a FROM t';

--- the type of a column changes under routines with BEGIN ATOMIC bodies: dropObject dropObject dropObject alterColumn createObject createObject createObject
CREATE TABLE t (a integer, b integer);
CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END;
CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC UPDATE t SET a = 1; END;
CREATE VIEW v AS SELECT f();
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a smallint, b integer);
CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END;
CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC UPDATE t SET a = 1; END;
CREATE VIEW v AS SELECT f();

--- a procedure is added: createObject
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE PROCEDURE p(IN x integer) LANGUAGE sql AS 'INSERT INTO t VALUES (x)';

--- a trigger and its function are added: createObject createObject
CREATE TABLE t (a integer);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (old.a IS DISTINCT FROM new.a) EXECUTE FUNCTION touch('x');

--- a trigger changes and another is dropped: dropObject replaceObject
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER held AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();

--- a constraint trigger becomes a plain one and vice versa: dropObject dropObject createObject createObject
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE CONSTRAINT TRIGGER held AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touched AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER held AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER touched AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();

--- the type of a column changes under a trigger: dropObject alterColumn createObject
CREATE TABLE t (a integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION touch();
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a bigint);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION touch();

--- row-level security and policies are added: secureRows createObject createObject
CREATE TABLE t (a integer, owner text);
INSERT INTO t VALUES (1, 'me');
--- becomes
CREATE TABLE t (a integer, owner text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON t FOR SELECT USING (owner = CURRENT_USER);
CREATE POLICY positive ON t AS RESTRICTIVE FOR INSERT TO pg_monitor WITH CHECK (a > 0);

--- a policy changes and row-level security is disabled: secureRows replaceObject
CREATE TABLE t (a integer);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (a > 0);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE POLICY own ON t USING (a > 1);

--- grants are added: createObject createObject createObject
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE s;
GRANT SELECT ON t TO pg_monitor;
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE s;
GRANT SELECT, INSERT (a) ON t TO pg_monitor;
GRANT USAGE ON SEQUENCE s TO pg_monitor WITH GRANT OPTION;
GRANT SELECT ON t TO PUBLIC;

--- a schema is added with a table and a view [alone]: createObject createTable createObject
CREATE TABLE t (a integer PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY);
CREATE SCHEMA other_0_app;
CREATE TABLE other_0_app.t (a integer PRIMARY KEY REFERENCES t);
CREATE VIEW other_0_app.v AS SELECT a FROM other_0_app.t;

--- routines with quoted names are added: createObject createObject createObject
--- becomes
CREATE FUNCTION "f.g(x)"("a b" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE "Do it"() LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "a""b"() RETURNS integer LANGUAGE sql AS 'SELECT 1';

--- the arguments change of a function that a default, a check and a view call: dropObject alterColumn dropConstraint dropObject createObject alterColumn addConstraint createObject
CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (a integer DEFAULT f('x'), b text, CONSTRAINT ck CHECK (f(b) > 0));
CREATE VIEW v AS SELECT a FROM t WHERE f(b) > 0;
INSERT INTO t (b) VALUES ('x');
--- becomes
CREATE FUNCTION f(a varchar, b text DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2';
CREATE TABLE t (a integer DEFAULT f('x'), b text, CONSTRAINT ck CHECK (f(b) > 0));
CREATE VIEW v AS SELECT a FROM t WHERE f(b) > 0;

--- a function is recreated that a check, a computed column and an index call: dropConstraint dropIndex dropColumn dropObject createObject addColumn addConstraint createIndex
CREATE FUNCTION f(a integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT a > 0 $$;
CREATE TABLE t (a integer, b boolean GENERATED ALWAYS AS (f(a)) STORED, CONSTRAINT c CHECK (f(a)));
CREATE INDEX ix ON t (f(a));
INSERT INTO t VALUES (1);
--- becomes
CREATE FUNCTION f(b integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT b > 0 $$;
CREATE TABLE t (a integer, b boolean GENERATED ALWAYS AS (f(a)) STORED, CONSTRAINT c CHECK (f(a)));
CREATE INDEX ix ON t (f(a));

--- a function is dropped with the defaults that call it: alterColumn alterColumn dropObject
CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE TABLE t (a integer DEFAULT f(), b integer DEFAULT f());
--- becomes
CREATE TABLE t (a integer DEFAULT 2, b integer);

--- a function of a new table's row type and a view that calls it are added: createTable createObject createObject
--- becomes
CREATE TABLE t (a integer);
CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql AS $$ SELECT $1.a $$;
CREATE VIEW v AS SELECT f(t.*) FROM t;

--- a table is added with a default that calls a function on another new table: createTable createObject createTable
--- becomes
CREATE TABLE z (a integer PRIMARY KEY);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM z $$;
CREATE TABLE b (a bigint DEFAULT f());

--- a view named as a keyword that a function's body has: createObject createObject
CREATE TABLE t (id integer);
--- becomes
CREATE TABLE t (id integer);
CREATE FUNCTION events() RETURNS integer LANGUAGE sql AS $$ SELECT 38 $$;
CREATE VIEW "select" AS SELECT id, events() AS happened FROM t;
