--- the columns of a primary key change: dropConstraint alterColumn addConstraint
CREATE TABLE t (a TEXT NOT NULL, b TEXT, PRIMARY KEY (a));
INSERT INTO t VALUES ('1', '2');
--- becomes
CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL, CONSTRAINT pk PRIMARY KEY (a, b));

--- unique constraints are added and changed: dropConstraint addConstraint addConstraint
CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT u UNIQUE (a));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT u UNIQUE (a, b), CONSTRAINT v UNIQUE (b));

--- an unnamed unique constraint is dropped: dropConstraint
CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (a));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a INTEGER, b INTEGER);

--- a unique constraint is renamed: renameConstraint
CREATE TABLE t (a INTEGER, CONSTRAINT u UNIQUE (a));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CONSTRAINT v UNIQUE (a));

--- a foreign key with all options is added: addConstraint
CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT u UNIQUE (a, b));
CREATE TABLE c (x INTEGER, y INTEGER);
INSERT INTO t VALUES (1, 2);
INSERT INTO c VALUES (1, 2);
--- becomes
CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT u UNIQUE (a, b));
CREATE TABLE c (x INTEGER, y INTEGER, CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES t (a, b) MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED);

--- the action of a foreign key changes: dropConstraint addConstraint
CREATE TABLE t (a TEXT NOT NULL, PRIMARY KEY (a));
CREATE TABLE c (x TEXT, CONSTRAINT fk FOREIGN KEY (x) REFERENCES t (a));
INSERT INTO t VALUES ('1');
INSERT INTO c VALUES ('1');
--- becomes
CREATE TABLE t (a TEXT NOT NULL, PRIMARY KEY (a));
CREATE TABLE c (x TEXT, CONSTRAINT fk FOREIGN KEY (x) REFERENCES t (a) ON DELETE CASCADE);

--- the expression of a check changes: dropConstraint addConstraint
CREATE TABLE t (a INTEGER, CONSTRAINT positive CHECK (a > 0));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CONSTRAINT positive CHECK (a >= 0 AND a <> 7));

--- an unnamed check is dropped: dropConstraint
CREATE TABLE t (a INTEGER, CHECK (a > 0), CHECK (a < 9));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CHECK (a < 9));

--- unnamed checks are dropped from among others: dropConstraint dropConstraint
CREATE TABLE t (a INTEGER, CHECK (a > 0), CHECK (a < 9), CHECK (a <> 5));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CHECK (a < 9));

--- the ON CONFLICT clause of a constraint changes: dropConstraint addConstraint
CREATE TABLE t (a INTEGER, CONSTRAINT u UNIQUE (a));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CONSTRAINT u UNIQUE (a) ON CONFLICT IGNORE);

--- a rowid alias and ON CONFLICT clauses are added: createTable createTable
--- becomes
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT, a TEXT);
CREATE TABLE u (a TEXT, b TEXT NOT NULL, PRIMARY KEY (b) ON CONFLICT ROLLBACK, UNIQUE (a) ON CONFLICT FAIL);

--- the first of several unnamed foreign keys on a column is dropped: dropConstraint
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE q (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER, FOREIGN KEY (x) REFERENCES p (id), FOREIGN KEY (x) REFERENCES q (id));
INSERT INTO p VALUES (1);
INSERT INTO q VALUES (1);
INSERT INTO c VALUES (1);
--- becomes
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE q (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER, FOREIGN KEY (x) REFERENCES q (id));

--- the last of several unnamed foreign keys on a column is dropped: dropConstraint
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE q (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER REFERENCES p ON DELETE CASCADE, FOREIGN KEY (X) REFERENCES q (id));
--- becomes
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE q (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER REFERENCES p ON DELETE CASCADE);

--- unnamed foreign keys that differ only in their actions are dropped: dropConstraint dropConstraint
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER, FOREIGN KEY (x) REFERENCES p (id), FOREIGN KEY (x) REFERENCES p (id) ON DELETE CASCADE, FOREIGN KEY (x) REFERENCES p (id) ON UPDATE CASCADE);
--- becomes
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (x INTEGER, FOREIGN KEY (x) REFERENCES p (id) ON DELETE CASCADE);

--- the first of two unnamed checks is dropped: dropConstraint
CREATE TABLE t (a INTEGER, CHECK (a < 9), CHECK (a > 0));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a INTEGER, CHECK (a > 0));

--- names in every kind of quotes are in checks, expressions and conditions: createTable
--- becomes
CREATE TABLE t ([a "b" c] integer, `d``e` integer, [when] integer GENERATED ALWAYS AS ([a "b" c] + `d``e`) STORED, CHECK ([a "b" c] > 0 AND `d``e` <> '[x]' OR [when] IN (1, 2)));
CREATE INDEX ix ON t (abs([a "b" c])) WHERE `d``e` > 0;

--- an unnamed check of columns in brackets is replaced: dropConstraint addConstraint
CREATE TABLE t ([a b] integer, `c d` integer, CHECK ([a b] > 0), CHECK (`c d` > 0));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t ([a b] integer, `c d` integer, CHECK ("a b" > 0), CONSTRAINT ck CHECK (`c d` > 1));

--- a column in brackets is dropped with the check of it: dropConstraint dropColumn
CREATE TABLE t ([a b] integer, [c] integer, CHECK ([a b] > 0), CHECK ([c] > 0));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (c integer, CHECK (c > 0));

--- a primary key gets another name, and a new table refers to it: dropConstraint addConstraint createTable
CREATE TABLE t (a integer NOT NULL, b text, PRIMARY KEY (a));
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer NOT NULL, b text, CONSTRAINT pk PRIMARY KEY (a));
CREATE TABLE u (a integer, FOREIGN KEY (a) REFERENCES t (a));
