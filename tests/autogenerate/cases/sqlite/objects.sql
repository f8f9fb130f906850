--- indexes are added and changed: dropIndex dropIndex createIndex createIndex createIndex
CREATE TABLE t (a INTEGER, b TEXT);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a DESC, b);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER, b TEXT);
CREATE UNIQUE INDEX i ON t (a);
CREATE INDEX j ON t (a, b COLLATE NOCASE DESC);
CREATE INDEX k ON t (lower(b), a) WHERE a > 0 AND b IS NOT NULL;

--- an index is renamed: renameIndex
CREATE TABLE t (a INTEGER);
CREATE INDEX old ON t (a);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER);
CREATE INDEX new ON t (a);

--- a view is added: createObject
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER);
CREATE VIEW v (x) AS SELECT a FROM t WHERE a > 0;

--- a view that another view uses changes: replaceObject
CREATE TABLE t (a INTEGER, b TEXT);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER, b TEXT);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;

--- a column is dropped from a table and from its view: dropObject dropColumn createObject
CREATE TABLE t (a INTEGER, b TEXT);
CREATE VIEW v AS SELECT a, b FROM t;
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER);
CREATE VIEW v AS SELECT a FROM t;

--- a column is dropped that a view and a trigger name with unquoted capitals: dropObject replaceObject dropColumn createObject
CREATE TABLE Users (a INTEGER, "userAge" INTEGER);
CREATE VIEW v AS SELECT a, userAge FROM Users;
CREATE TRIGGER tr AFTER INSERT ON Users BEGIN UPDATE Users SET a = userAge; END;
INSERT INTO Users VALUES (1, 2);
--- becomes
CREATE TABLE Users (a INTEGER);
CREATE VIEW v AS SELECT a FROM Users;
CREATE TRIGGER tr AFTER INSERT ON Users BEGIN UPDATE Users SET a = 2; END;

--- the type of a column changes under a view: alterColumn
CREATE TABLE t (a INTEGER);
CREATE VIEW v AS SELECT a FROM t;
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a TEXT);
CREATE VIEW v AS SELECT a FROM t;

--- a trigger is added and another changed: replaceObject createObject
CREATE TABLE t (a INTEGER);
CREATE TRIGGER one AFTER INSERT ON t BEGIN DELETE FROM t WHERE a < 0; END;
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER);
CREATE TRIGGER one BEFORE DELETE ON t BEGIN SELECT 1; END;
CREATE TRIGGER two AFTER UPDATE OF a ON t WHEN old.a > 3 BEGIN INSERT INTO t VALUES (old.a); UPDATE t SET a = 0; END;

--- a view that changes keeps its triggers: dropObject dropObject replaceObject createObject createObject
CREATE TABLE t (a INTEGER);
CREATE VIEW v AS SELECT a FROM t;
CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;
CREATE TRIGGER other INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;
--- becomes
CREATE TABLE t (a INTEGER);
CREATE VIEW v AS SELECT a, 2 AS b FROM t;
CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;
CREATE TRIGGER other INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;
