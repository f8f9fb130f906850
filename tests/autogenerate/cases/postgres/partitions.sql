--- a partitioned table is added: createTable createTable createTable
--- becomes
CREATE TABLE t (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE t_2026 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE t_rest PARTITION OF t DEFAULT;
CREATE INDEX ix ON t (id);

--- a partition is added: createTable createTable
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2, NULL) PARTITION BY HASH (b);
CREATE TABLE t2_0 PARTITION OF t2 FOR VALUES WITH (modulus 1, remainder 0);

--- the bounds of a partition change: detachPartition attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2);

--- a table becomes a partition: attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 (a integer, b text);
INSERT INTO t1 VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);

--- an index and a constraint of a partition change: renameIndex addConstraint
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX old ON t1 (b);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t1 ADD CONSTRAINT filled CHECK (b <> '');
CREATE INDEX new ON t1 (b);

--- columns and an index of a partitioned table change: addColumn dropColumn createIndex
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, c integer DEFAULT 4) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX ix ON t (c);

--- a partition becomes a table of its own: detachPartition
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, a integer NOT NULL DEFAULT 4 CONSTRAINT few CHECK (a < 9), b text, PRIMARY KEY (id, a)) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX ix ON t (b DESC, a);
INSERT INTO t (a) VALUES (1);
--- becomes
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, a integer NOT NULL DEFAULT 4 CONSTRAINT few CHECK (a < 9), b text, PRIMARY KEY (id, a)) PARTITION BY LIST (a);
CREATE TABLE t1 (id bigint NOT NULL, a integer NOT NULL DEFAULT 4 CONSTRAINT few CHECK (a < 9), b text, PRIMARY KEY (id, a));
CREATE INDEX ON t1 (b DESC, a);
CREATE INDEX ix ON t (b DESC, a);

--- the bounds of a partition and an index of its table change: dropIndex detachPartition createIndex createIndex attachPartition
CREATE TABLE t (a integer NOT NULL, b text, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX ix ON t (b);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer NOT NULL, b text, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2);
CREATE INDEX ix ON t (b, a);

--- a table that lacks constraints and an index becomes a partition: addConstraint addConstraint createIndex attachPartition
CREATE TABLE t (a integer NOT NULL CONSTRAINT few CHECK (a < 9), b text, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE t1 (a integer NOT NULL, b text);
CREATE INDEX ix ON t (b);
INSERT INTO t1 VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer NOT NULL CONSTRAINT few CHECK (a < 9), b text, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX ix ON t (b);

--- a partition is split in two: dropObject dropTable createTable createTable
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (9);
CREATE VIEW v AS SELECT * FROM t1;
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE t1a PARTITION OF t FOR VALUES FROM (1) TO (5);
CREATE TABLE t1b PARTITION OF t FOR VALUES FROM (5) TO (9);

--- a table replaces a partition: dropTable attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE own (a integer, b text);
INSERT INTO own VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE own PARTITION OF t FOR VALUES IN (1, 2);

--- checks of partitions move to the table: dropConstraint dropConstraint addConstraint
CREATE TABLE t (a integer) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t (CONSTRAINT ck CHECK (a > 0)) FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t (CONSTRAINT ck CHECK (a > 0)) FOR VALUES IN (2);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, CONSTRAINT ck CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);

--- a check of the table moves to a partition: dropConstraint addConstraint
CREATE TABLE z (a integer, CONSTRAINT ck CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE a1 PARTITION OF z FOR VALUES IN (1);
INSERT INTO z VALUES (1);
--- becomes
CREATE TABLE z (a integer) PARTITION BY LIST (a);
CREATE TABLE a1 PARTITION OF z (CONSTRAINT ck CHECK (a > 0)) FOR VALUES IN (1);

--- the type of a column changes under views on partitions: dropObject dropObject alterColumn createObject createObject
CREATE TABLE w (n integer, m integer) PARTITION BY RANGE (m);
CREATE TABLE p PARTITION OF w FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (m);
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (5);
CREATE VIEW v AS SELECT n FROM p;
CREATE MATERIALIZED VIEW x AS SELECT n FROM q;
CREATE VIEW y AS SELECT m FROM q;
--- becomes
CREATE TABLE w (n bigint, m integer) PARTITION BY RANGE (m);
CREATE TABLE p PARTITION OF w FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (m);
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (5);
CREATE VIEW v AS SELECT n FROM p;
CREATE MATERIALIZED VIEW x AS SELECT n FROM q;
CREATE VIEW y AS SELECT m FROM q;

--- the type of a column changes under a view on an inheriting table: dropObject alterColumn createObject
CREATE TABLE base (n integer);
CREATE TABLE heir (h integer) INHERITS (base);
CREATE VIEW v AS SELECT n, h FROM heir;
--- becomes
CREATE TABLE base (n bigint);
CREATE TABLE heir (h integer) INHERITS (base);
CREATE VIEW v AS SELECT n, h FROM heir;

--- a table becomes partitioned with everything that depends on it: dropObject dropObject dropObject dropObject dropConstraint dropTable createTable addConstraint createObject createObject createObject createObject
CREATE TABLE t (
  a integer NOT NULL DEFAULT 1, b text, g integer GENERATED ALWAYS AS (a + 1) STORED,
  CONSTRAINT pk PRIMARY KEY (a), CONSTRAINT c CHECK (a > 0)
);
CREATE INDEX ix ON t (b);
CREATE INDEX iy ON t ((a + 1));
CREATE TABLE u (a integer, CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (a));
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a > 0);
GRANT SELECT ON t TO PUBLIC;
--- becomes
CREATE TABLE t (
  a integer NOT NULL DEFAULT 1, b text, g integer GENERATED ALWAYS AS (a + 1) STORED,
  CONSTRAINT pk PRIMARY KEY (a), CONSTRAINT c CHECK (a > 0)
) PARTITION BY RANGE (a);
CREATE INDEX ix ON t (b);
CREATE INDEX iy ON t ((a + 1));
CREATE TABLE u (a integer, CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (a));
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a > 0);
GRANT SELECT ON t TO PUBLIC;

--- a table is partitioned by another column: detachPartition dropTable createTable attachPartition
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX ix ON t (a);
CREATE VIEW v AS SELECT a FROM p;
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (b);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX ix ON t (a);
CREATE VIEW v AS SELECT a FROM p;

--- the partition method changes and an enum value is dropped: detachPartition dropTable changeEnum createTable attachPartition
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (a integer, m mood DEFAULT 'a') PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
INSERT INTO t VALUES (1, 'b');
--- becomes
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (a integer, m mood DEFAULT 'a') PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);

--- partitions are added and dropped of a table that foreign keys refer to: detachPartition createTable attachPartition dropTable
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
CREATE TABLE u (a integer REFERENCES t);
INSERT INTO t VALUES (1, 1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t3 PARTITION OF t FOR VALUES IN (2, 3);
CREATE TABLE u (a integer REFERENCES t);

--- a table is dropped with its partitions and the foreign keys to it: dropConstraint dropConstraint dropTable dropTable
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE a1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);
--- becomes
CREATE TABLE u (a integer);

--- tables with partitions whose rows refer to each other are added and dropped: dropConstraint dropTable dropTable dropTable createTable createTable createTable createTable addConstraint dropTable
CREATE TABLE t (a integer, b integer, up integer, PRIMARY KEY (a, b), FOREIGN KEY (up, b) REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2) PARTITION BY LIST (b);
CREATE TABLE t21 PARTITION OF t2 FOR VALUES IN (1);
INSERT INTO t VALUES (1, 1, NULL), (2, 1, 1), (1, 2, NULL);
UPDATE t SET up = 2 WHERE a = 1 AND b = 1;
--- becomes
CREATE TABLE u (a integer, b integer, up integer, PRIMARY KEY (a, b), FOREIGN KEY (up, b) REFERENCES u) PARTITION BY LIST (a);
CREATE TABLE u1 PARTITION OF u FOR VALUES IN (1);
CREATE TABLE u2 PARTITION OF u FOR VALUES IN (2) PARTITION BY LIST (b);
CREATE TABLE u21 PARTITION OF u2 FOR VALUES IN (1);

--- a partition is detached, and the foreign key to its rows dropped: dropConstraint detachPartition
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (a);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES IN (1);
CREATE TABLE u (a integer);

--- a table becomes partitioned and refers to itself: dropTable createTable createTable addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);

--- tables that refer to each other become partitioned: dropConstraint dropTable dropTable createTable createTable addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer);
CREATE TABLE u (a integer PRIMARY KEY, b integer REFERENCES t);
ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES u;
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer) PARTITION BY LIST (a);
CREATE TABLE u (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES u;

--- a table becomes partitioned and everything in it changes: dropTable createTable
CREATE TABLE t (a integer, b integer, c integer, CONSTRAINT c1 CHECK (b > 0), CONSTRAINT d CHECK (b > 1));
CREATE INDEX i1 ON t (b);
CREATE INDEX j ON t (c);
COMMENT ON TABLE t IS 'x';
COMMENT ON COLUMN t.a IS 'x';
--- becomes
CREATE TABLE t (a integer NOT NULL, b bigint DEFAULT 4, d text, CONSTRAINT c2 CHECK (b > 0), CONSTRAINT d CHECK (b > 2)) PARTITION BY LIST (a);
CREATE INDEX i2 ON t (b);
CREATE INDEX j ON t (b, a);
COMMENT ON TABLE t IS 'y';
COMMENT ON COLUMN t.a IS 'y';

--- a table becomes a partition, and a foreign key refers to its rows there: attachPartition addConstraint
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES IN (1);
CREATE TABLE u (a integer);
INSERT INTO t1 VALUES (1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (a);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);

--- a foreign key follows a table that becomes a partition: dropConstraint attachPartition addConstraint
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 (a integer PRIMARY KEY);
CREATE TABLE u (a integer CONSTRAINT to_t REFERENCES t1);
INSERT INTO t1 VALUES (1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE u (a integer CONSTRAINT to_t REFERENCES t ON DELETE CASCADE);

--- a partition of a table with a SERIAL key becomes a table of its own: detachPartition
CREATE TABLE t (id serial PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10);
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE TABLE t (id serial PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE q (id integer PRIMARY KEY DEFAULT nextval('t_id_seq'));

--- a table with a SERIAL column becomes a partition and shares the sequence: alterColumn attachPartition
CREATE TABLE t (id serial) PARTITION BY RANGE (id);
CREATE TABLE p (id serial);
INSERT INTO p VALUES (DEFAULT);
--- becomes
CREATE TABLE t (id serial) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);

--- partitions are added and dropped of a table with an identity key that foreign keys refer to: detachPartition createTable attachPartition dropTable
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);
--- becomes
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
CREATE TABLE u (a integer REFERENCES t);

--- a partitioned table and foreign keys to it are added: createTable createTable createTable addConstraint addConstraint
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE z PARTITION OF t FOR VALUES IN (1);
CREATE TABLE b (a integer REFERENCES t);

--- a partition of a table with comments becomes a table of its own: detachPartition
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 (a integer, b text);

--- a partition of a table with comments becomes one with its own: detachPartition alterColumn
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 (a integer, b text);
COMMENT ON COLUMN t1.a IS 'about t1';

--- a table with comments becomes a partition of one with others: attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 (a integer, b text);
COMMENT ON COLUMN t1.b IS 'about t1';
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
COMMENT ON COLUMN t.a IS 'about t';
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
COMMENT ON COLUMN t1.b IS 'about t1';

--- a trigger for each row of a partitioned table becomes one for each statement: dropObject createObject
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE t (a integer) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
INSERT INTO t VALUES (1);
--- becomes
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE t (a integer) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION f();

--- the column that a table is partitioned by gets a wider type: detachPartition detachPartition dropTable createTable alterColumn alterColumn attachPartition attachPartition
CREATE TABLE t (at integer NOT NULL, b text, PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t DEFAULT;
CREATE INDEX ix ON t (b);
INSERT INTO t VALUES (1, 'x'), (20, 'y');
--- becomes
CREATE TABLE t (at bigint NOT NULL, b text, PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t DEFAULT;
CREATE INDEX ix ON t (b);

--- the column that a table is partitioned by gets a type that spells bounds otherwise: detachPartition dropTable createTable alterColumn attachPartition
CREATE TABLE t (at date NOT NULL, b text) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO t VALUES ('2026-02-01', 'x');
--- becomes
CREATE TABLE t (at timestamp NOT NULL, b text) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

--- the column that a table without partitions is partitioned by changes its type: dropTable createTable
CREATE TABLE t (at integer) PARTITION BY LIST (at);
--- becomes
CREATE TABLE t (at bigint) PARTITION BY LIST (at);

--- a column in the expression that a table is partitioned by changes its type: detachPartition dropTable createTable alterColumn attachPartition
CREATE TABLE t (at varchar(10), b integer) PARTITION BY LIST (lower(at));
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');
INSERT INTO t VALUES ('X', 1);
--- becomes
CREATE TABLE t (at varchar(20), b integer) PARTITION BY LIST (lower(at));
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');

--- the column that a table is partitioned by gets a collation: detachPartition dropTable createTable alterColumn attachPartition
CREATE TABLE t (at text, b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');
INSERT INTO t VALUES ('x', 1);
--- becomes
CREATE TABLE t (at text COLLATE "C", b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');

--- an enum that a table is partitioned by loses a value: detachPartition detachPartition dropTable changeEnum createTable attachPartition attachPartition
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (m mood DEFAULT 'a', b text) PARTITION BY LIST (m);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('a');
CREATE TABLE t2 PARTITION OF t FOR VALUES IN ('b');
INSERT INTO t VALUES ('a', 'x'), ('b', 'y');
--- becomes
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (m mood DEFAULT 'a', b text) PARTITION BY LIST (m);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('a');
CREATE TABLE t2 PARTITION OF t FOR VALUES IN ('b');

--- an enum that a table is partitioned by gains a value, and the table a partition for it: detachPartition dropTable changeEnum createTable createTable attachPartition
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (m mood DEFAULT 'a', b text) PARTITION BY LIST (m);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('a');
INSERT INTO t VALUES ('a', 'x');
--- becomes
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (m mood DEFAULT 'a', b text) PARTITION BY LIST (m);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('a');
CREATE TABLE t3 PARTITION OF t FOR VALUES IN ('c');

--- the base type of a domain changes that a table is partitioned by: detachPartition alterColumn alterColumn dropTable dropObject createObject createTable alterColumn attachPartition
CREATE DOMAIN d AS integer;
CREATE TABLE t (at d, b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
INSERT INTO t VALUES (1, 1);
--- becomes
CREATE DOMAIN d AS bigint;
CREATE TABLE t (at d, b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);

--- an enum loses a value under a domain that a table is partitioned by: detachPartition alterColumn dropTable dropObject changeEnum createObject createTable alterColumn attachPartition
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN d AS mood;
CREATE TABLE t (at d, b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('a');
INSERT INTO t VALUES ('a', 1);
--- becomes
CREATE TYPE mood AS ENUM ('a');
CREATE DOMAIN d AS mood;
CREATE TABLE t (at d, b integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('a');

--- the column that a table is partitioned by changes its type under everything that depends on it: dropConstraint dropConstraint detachPartition detachPartition detachPartition dropObject dropObject dropObject dropObject dropObject dropTable createTable dropTable createTable dropColumn alterColumn addColumn alterColumn dropColumn alterColumn addColumn alterColumn alterColumn alterColumn attachPartition attachPartition attachPartition addConstraint addConstraint createObject createObject createObject createObject createObject
CREATE TABLE t (
  id integer NOT NULL, b text, up integer REFERENCES t, g integer GENERATED ALWAYS AS (id + 1) STORED,
  CONSTRAINT pk PRIMARY KEY (id), CONSTRAINT c CHECK (id > 0)
) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE q PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY HASH (id);
CREATE TABLE r PARTITION OF q FOR VALUES WITH (modulus 1, remainder 0);
CREATE INDEX ix ON t (b);
CREATE INDEX iy ON t ((id + 1));
CREATE TABLE u (a integer, CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (id));
CREATE TABLE w (a integer, CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id));
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW vp AS SELECT id FROM p;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY po ON t USING (id > 0);
GRANT SELECT ON t TO PUBLIC;
COMMENT ON COLUMN t.id IS 'the key';
COMMENT ON TABLE t IS 'the table';
INSERT INTO t VALUES (1, 'x'), (11, 'y');
UPDATE t SET up = 11 WHERE id = 1;
INSERT INTO u VALUES (11);
INSERT INTO w VALUES (1);
--- becomes
CREATE TABLE t (
  id bigint NOT NULL, b text, up bigint REFERENCES t, g integer GENERATED ALWAYS AS (id + 1) STORED,
  CONSTRAINT pk PRIMARY KEY (id), CONSTRAINT c CHECK (id > 0)
) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE q PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY HASH (id);
CREATE TABLE r PARTITION OF q FOR VALUES WITH (modulus 1, remainder 0);
CREATE INDEX ix ON t (b);
CREATE INDEX iy ON t ((id + 1));
CREATE TABLE u (a bigint, CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (id));
CREATE TABLE w (a bigint, CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id));
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW vp AS SELECT id FROM p;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY po ON t USING (id > 0);
GRANT SELECT ON t TO PUBLIC;
COMMENT ON COLUMN t.id IS 'the key';
COMMENT ON TABLE t IS 'the table';

--- the column that a partition is partitioned by changes its type: detachPartition detachPartition dropObject dropTable createTable alterColumn alterColumn attachPartition attachPartition createObject
CREATE TABLE t (a integer NOT NULL, n integer NOT NULL, PRIMARY KEY (a, n)) PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1) PARTITION BY RANGE (n);
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE o PARTITION OF t FOR VALUES IN (2);
CREATE VIEW v AS SELECT n FROM p;
INSERT INTO t VALUES (1, 1), (2, 2);
--- becomes
CREATE TABLE t (a integer NOT NULL, n bigint NOT NULL, PRIMARY KEY (a, n)) PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1) PARTITION BY RANGE (n);
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE o PARTITION OF t FOR VALUES IN (2);
CREATE VIEW v AS SELECT n FROM p;

--- partitions come and go that are partitioned by a column whose type changes: dropTable alterColumn createTable createTable
CREATE TABLE t (a integer, n integer) PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
CREATE TABLE gone PARTITION OF t FOR VALUES IN (3) PARTITION BY LIST (n);
INSERT INTO t VALUES (1, 1);
--- becomes
CREATE TABLE t (a integer, n bigint) PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
CREATE TABLE q PARTITION OF t FOR VALUES IN (2) PARTITION BY LIST (n);
CREATE TABLE r PARTITION OF q FOR VALUES IN (2);

--- the column that a table is partitioned by changes its type, and partitions come and go: dropConstraint detachPartition dropTable dropTable createTable createTable alterColumn alterColumn attachPartition addConstraint
CREATE TABLE t (at integer PRIMARY KEY) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
CREATE TABLE gone PARTITION OF t FOR VALUES IN (2);
CREATE TABLE u (a integer REFERENCES t);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (at bigint PRIMARY KEY) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
CREATE TABLE new PARTITION OF t FOR VALUES IN (2);
CREATE TABLE u (a bigint REFERENCES t);

--- a column that a table is partitioned by changes its type under what is on a partition alone: detachPartition dropTable createTable alterColumn attachPartition
CREATE TABLE t (at integer) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t (CONSTRAINT own CHECK (at > 0)) FOR VALUES IN (1);
CREATE INDEX ixp ON p (at);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (at bigint) PARTITION BY LIST (at);
CREATE TABLE p PARTITION OF t (CONSTRAINT own CHECK (at > 0)) FOR VALUES IN (1);
CREATE INDEX ixp ON p (at);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();

--- a numbered table is partitioned by a column whose type changes: alterColumn detachPartition dropTable createTable alterColumn attachPartition alterColumn
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 2), at integer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
INSERT INTO t VALUES (DEFAULT, 1), (DEFAULT, 2);
--- becomes
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 2), at bigint, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);

--- the SERIAL key that a table is partitioned by gets a wider type: detachPartition dropObject dropTable replaceObject createTable alterColumn attachPartition createObject
CREATE TABLE t (id serial PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE z (a integer DEFAULT nextval('t_id_seq'));
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE TABLE t (id bigserial PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE z (a integer DEFAULT nextval('t_id_seq'));

--- the SERIAL key that a table is partitioned by becomes an identity of another type: alterColumn detachPartition dropTable createTable alterColumn attachPartition alterColumn
CREATE TABLE t (id serial PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
INSERT INTO t VALUES (DEFAULT);
--- becomes
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);

--- the bounds of a partition change that foreign keys refer to: dropConstraint dropConstraint detachPartition attachPartition addConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);
INSERT INTO t VALUES (1, 1);
INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2);
CREATE TABLE u (a integer REFERENCES t);

--- a partition that foreign keys refer to is partitioned otherwise: dropConstraint dropConstraint detachPartition detachPartition dropTable createTable attachPartition attachPartition addConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer) PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (a);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE TABLE u (a integer REFERENCES t);
CREATE TABLE w (a integer REFERENCES p);
INSERT INTO t VALUES (1, 2);
INSERT INTO u VALUES (1);
INSERT INTO w VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer) PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY HASH (a);
CREATE TABLE q PARTITION OF p FOR VALUES WITH (modulus 1, remainder 0);
CREATE TABLE u (a integer REFERENCES t);
CREATE TABLE w (a integer REFERENCES p);

--- a key without the column that a new partition is partitioned by is dropped first: dropConstraint createTable createTable
CREATE TABLE ev (id int, at date NOT NULL, kind text, UNIQUE (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ev1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
--- becomes
CREATE TABLE ev (id int, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE ev1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE ev2 PARTITION OF ev FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
CREATE TABLE ev2a PARTITION OF ev2 FOR VALUES IN ('a', 'b');

--- a key is added once the partition that it does not fit is dropped: dropTable dropTable addConstraint createIndex
CREATE TABLE ev (id int, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE ev2 PARTITION OF ev FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
CREATE TABLE ev2a PARTITION OF ev2 FOR VALUES IN ('a', 'b');
--- becomes
CREATE TABLE ev (id int, at date NOT NULL, kind text, UNIQUE (id, at)) PARTITION BY RANGE (at);
CREATE UNIQUE INDEX ix ON ev (at);

--- a unique index of a table is dropped before a part of its part is: dropIndex createTable createTable
CREATE TABLE ev (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE UNIQUE INDEX ix ON ev (at);
CREATE TABLE ev1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (at);
--- becomes
CREATE TABLE ev (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE ev1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (at);
CREATE TABLE ev1a PARTITION OF ev1 FOR VALUES FROM ('2024-01-01') TO ('2024-02-01') PARTITION BY LIST (kind);
CREATE TABLE ev1aa PARTITION OF ev1a FOR VALUES IN ('a');

--- the bounds change of a partition that has a key of its own besides an unenforced one of the table [since 18]: dropConstraint dropConstraint detachPartition attachPartition addConstraint addConstraint
CREATE TABLE t (id integer PRIMARY KEY, up integer) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (MAXVALUE);
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (up) REFERENCES t NOT ENFORCED;
ALTER TABLE p ADD CONSTRAINT own FOREIGN KEY (up) REFERENCES t ON DELETE CASCADE;
--- becomes
CREATE TABLE t (id integer PRIMARY KEY, up integer) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (1000);
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (up) REFERENCES t NOT ENFORCED;
ALTER TABLE p ADD CONSTRAINT own FOREIGN KEY (up) REFERENCES t ON DELETE CASCADE;

--- the index of a partition moves to the table, whose index gets its name, and its bounds change: detachPartition renameIndex createIndex attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX ix ON t1 (b);
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (20);
CREATE INDEX ix ON t (b);

--- an index changes whose copies have names of their own in partitions with long names, and their bounds change [local]: dropIndex detachPartition detachPartition createIndex createIndex createIndex attachPartition attachPartition
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2024 (a integer, b text);
CREATE TABLE a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2025 (a integer, b text);
CREATE INDEX odd ON a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2024 (b);
ALTER TABLE t ATTACH PARTITION a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2024 FOR VALUES FROM (0) TO (10);
ALTER TABLE t ATTACH PARTITION a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2025 FOR VALUES FROM (10) TO (20);
CREATE INDEX ix ON t (b);
INSERT INTO t VALUES (1, 'x'), (11, 'y');
--- becomes
CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2024 PARTITION OF t FOR VALUES FROM (0) TO (9);
CREATE TABLE a_table_with_a_name_that_is_as_long_as_a_name_can_be_in_2025 PARTITION OF t FOR VALUES FROM (9) TO (20);
CREATE INDEX ix ON t (b, a);

--- a computed column becomes plain in partitions of partitions: detachPartition detachPartition dropIndex alterColumn createIndex dropIndex alterColumn createIndex dropIndex alterColumn createIndex attachPartition attachPartition
CREATE TABLE t (a integer, b integer, c integer GENERATED ALWAYS AS (b + 1) STORED) PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (a);
CREATE TABLE t111 PARTITION OF t11 FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX ON t (c);
INSERT INTO t VALUES (1, 2), (11, 3);
--- becomes
CREATE TABLE t (a integer, b integer, c integer) PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (a);
CREATE TABLE t111 PARTITION OF t11 FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX ON t (c);
