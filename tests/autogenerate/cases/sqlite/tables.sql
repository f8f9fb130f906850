--- a table is added: createTable
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY);
INSERT INTO t VALUES (1), (2);
--- becomes
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE u (a TEXT, b INTEGER NOT NULL, FOREIGN KEY (b) REFERENCES t (id) ON DELETE CASCADE);
CREATE INDEX ix ON u (b);

--- a table is dropped with its constraints, index and trigger: dropObject dropTable
CREATE TABLE t (a TEXT NOT NULL, CHECK (a <> ''), UNIQUE (a));
CREATE INDEX ix ON t (lower(a)) WHERE a > 'x';
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = 'y'; END;
INSERT INTO t VALUES ('a');
--- becomes

--- tables that refer to each other are added: createTable createTable
--- becomes
CREATE TABLE a (id TEXT NOT NULL, b_id TEXT, PRIMARY KEY (id), FOREIGN KEY (b_id) REFERENCES b (id));
CREATE TABLE b (id TEXT NOT NULL, a_id TEXT, PRIMARY KEY (id), FOREIGN KEY (a_id) REFERENCES a (id));

--- a table becomes STRICT: alterTable
CREATE TABLE t (a INTEGER, b TEXT);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a INTEGER, b TEXT) STRICT;

--- a table becomes STRICT and its columns get types that it allows: addColumn alterColumn dropColumn alterTable
CREATE TABLE t (a BOOLEAN, b DATE, k INTEGER);
INSERT INTO t VALUES (1, '2026-01-01', 3);
--- becomes
CREATE TABLE t (a INTEGER, k INTEGER, c TEXT) STRICT;

--- a table is no longer STRICT and all its columns are replaced: alterTable dropConstraint addColumn dropColumn dropColumn
CREATE TABLE t (a TEXT NOT NULL, b REAL, PRIMARY KEY (a)) STRICT;
--- becomes
CREATE TABLE t (c DATE);

--- a table becomes WITHOUT ROWID: alterTable
CREATE TABLE t (a TEXT NOT NULL, b TEXT, PRIMARY KEY (a));
CREATE INDEX ix ON t (b DESC);
INSERT INTO t VALUES ('a', 'x');
--- becomes
CREATE TABLE t (a TEXT NOT NULL, b TEXT, PRIMARY KEY (a)) WITHOUT ROWID;
CREATE INDEX ix ON t (b DESC);

--- a table becomes AUTOINCREMENT: alterTable
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO t VALUES (1, 'x'), (7, 'y');
--- becomes
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);

--- a column is altered in a table with everything that a table can have: alterColumn
CREATE TABLE p (a INTEGER PRIMARY KEY, b TEXT, UNIQUE (a, b));
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a double precision, b uuid, c, d TEXT COLLATE NOCASE DEFAULT ('x' || 'y'),
  g INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL, s TEXT AS (b || 'z') STORED, f INTEGER CONSTRAINT fk REFERENCES p (a) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  h BIGINT CHECK (h > 0), CONSTRAINT u UNIQUE (a, b) ON CONFLICT IGNORE, CHECK (a < 9), CONSTRAINT two FOREIGN KEY (id, b) REFERENCES p (a, b) MATCH FULL);
CREATE INDEX i1 ON t (lower(b), a DESC);
CREATE UNIQUE INDEX i2 ON t (b COLLATE NOCASE) WHERE a > 0;
CREATE VIEW v AS SELECT id, g FROM t;
CREATE TRIGGER tr AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN DELETE FROM p; END;
INSERT INTO p VALUES (1, 'b');
INSERT INTO t (a, b, c, f, h) VALUES (1.5, 'b', x'00', 1, 3);
--- becomes
CREATE TABLE p (a INTEGER PRIMARY KEY, b TEXT, UNIQUE (a, b));
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a double precision, b uuid, c, d TEXT COLLATE NOCASE DEFAULT ('x' || 'y'),
  g INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL, s TEXT AS (b || 'z') STORED, f INTEGER CONSTRAINT fk REFERENCES p (a) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  h BIGINT NOT NULL CHECK (h > 0), CONSTRAINT u UNIQUE (a, b) ON CONFLICT IGNORE, CHECK (a < 9), CONSTRAINT two FOREIGN KEY (id, b) REFERENCES p (a, b) MATCH FULL);
CREATE INDEX i1 ON t (lower(b), a DESC);
CREATE UNIQUE INDEX i2 ON t (b COLLATE NOCASE) WHERE a > 0;
CREATE VIEW v AS SELECT id, g FROM t;
CREATE TRIGGER tr AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN DELETE FROM p; END;
