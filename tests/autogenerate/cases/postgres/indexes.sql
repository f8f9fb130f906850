--- an index is added and another dropped: dropIndex createIndex
CREATE TABLE t (a integer, b text);
CREATE INDEX old ON t (a);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX new ON t (b, a);

--- an index is renamed: renameIndex
CREATE TABLE t (a integer);
CREATE INDEX old ON t (a);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE INDEX new ON t (a);

--- the columns and the uniqueness of indexes change: dropIndex dropIndex createIndex createIndex
CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a, b);
CREATE INDEX j ON t (a);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (b, a);
CREATE UNIQUE INDEX j ON t (a);

--- the sort order and the nulls order of indexes change: dropIndex dropIndex createIndex createIndex
CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a DESC, b);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a NULLS FIRST);
CREATE INDEX j ON t (a DESC NULLS LAST, b ASC);

--- the method of an index changes: dropIndex createIndex
CREATE TABLE t (a text, b tsvector);
CREATE INDEX i ON t (a);
INSERT INTO t VALUES ('x', 'y');
--- becomes
CREATE TABLE t (a text, b tsvector);
CREATE INDEX i ON t USING hash (a);

--- the expressions of an index change: dropIndex createIndex createIndex
CREATE TABLE t (a text, b jsonb);
CREATE INDEX i ON t (lower(a));
INSERT INTO t VALUES ('x', '{}');
--- becomes
CREATE TABLE t (a text, b jsonb);
CREATE INDEX i ON t (upper(a), (b ->> 'k') DESC);
CREATE INDEX j ON t USING gin (b jsonb_path_ops) WITH (fastupdate = off);

--- the predicate of an index changes: dropIndex createIndex
CREATE TABLE t (a integer);
CREATE INDEX i ON t (a) WHERE a > 0;
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE INDEX i ON t (a) WHERE a > 1 AND a < 9;

--- included columns are added to an index: dropIndex createIndex
CREATE TABLE t (a integer, b integer, c integer);
CREATE INDEX i ON t (a);
INSERT INTO t VALUES (1, 2, 3);
--- becomes
CREATE TABLE t (a integer, b integer, c integer);
CREATE INDEX i ON t (a) INCLUDE (b, c);

--- operator classes and collations of an index change: dropIndex createIndex createIndex
CREATE TABLE t (a text, b text COLLATE "C");
CREATE INDEX i ON t (a);
INSERT INTO t VALUES ('x', 'y');
--- becomes
CREATE TABLE t (a text, b text COLLATE "C");
CREATE INDEX i ON t (a text_pattern_ops, b COLLATE "POSIX" DESC);
CREATE INDEX j ON t USING brin (a text_minmax_ops) WITH (pages_per_range = 4);

--- NULLS NOT DISTINCT and storage parameters of indexes change: dropIndex dropIndex createIndex createIndex
CREATE TABLE t (a integer);
CREATE UNIQUE INDEX i ON t (a);
CREATE INDEX j ON t (a) WITH (fillfactor = 70);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer);
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;
CREATE INDEX j ON t (a) WITH (fillfactor = 80);

--- an index takes the name of an index of another table: dropIndex createIndex
CREATE TABLE a (n integer);
CREATE TABLE b (n integer);
CREATE INDEX ix ON b (n);
--- becomes
CREATE TABLE a (n integer);
CREATE TABLE b (n integer);
CREATE INDEX ix ON a (n);

--- a unique constraint takes the name of an index of another table: dropIndex addConstraint
CREATE TABLE a (n integer);
CREATE TABLE b (n integer);
CREATE INDEX u ON b (n);
--- becomes
CREATE TABLE a (n integer, CONSTRAINT u UNIQUE (n));
CREATE TABLE b (n integer);

--- two indexes swap names: dropIndex dropIndex createIndex createIndex
CREATE TABLE a (n integer, m integer);
CREATE INDEX x ON a (n);
CREATE INDEX y ON a (m);
--- becomes
CREATE TABLE a (n integer, m integer);
CREATE INDEX y ON a (n);
CREATE INDEX x ON a (m);

--- a unique index that a foreign key refers to moves to another column: dropConstraint dropIndex createIndex addConstraint
CREATE TABLE a (n integer, m integer);
CREATE UNIQUE INDEX u ON a (n);
CREATE TABLE b (n integer, CONSTRAINT fk FOREIGN KEY (n) REFERENCES a (n));
--- becomes
CREATE TABLE a (n integer, m integer);
CREATE UNIQUE INDEX u ON a (m);
CREATE TABLE b (n integer, CONSTRAINT fk FOREIGN KEY (n) REFERENCES a (m));

--- a unique index and a foreign key that refers to it are added: createIndex addConstraint
CREATE TABLE b (n integer, m integer);
CREATE TABLE a (n integer);
--- becomes
CREATE TABLE b (n integer, m integer);
CREATE UNIQUE INDEX u ON b (n);
CREATE TABLE a (n integer, CONSTRAINT fk FOREIGN KEY (n) REFERENCES b (n));
