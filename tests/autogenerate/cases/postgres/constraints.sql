--- a primary key is added: addConstraint
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));

--- the columns of a primary key change: dropConstraint addConstraint
CREATE TABLE t (a integer, b integer NOT NULL, PRIMARY KEY (a));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer NOT NULL, b integer, CONSTRAINT key PRIMARY KEY (a, b));

--- a primary key changes, and a new table refers to it: dropConstraint addConstraint createTable
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT pk PRIMARY KEY (a));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT pkey PRIMARY KEY (b));
CREATE TABLE u (b integer REFERENCES t);

--- the primary key moves, and old and new foreign keys refer to what is now unique: dropConstraint dropConstraint addConstraint createTable addConstraint addConstraint
CREATE TABLE t (id integer NOT NULL, u integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (id));
CREATE TABLE a (t_id integer REFERENCES t (id));
INSERT INTO t VALUES (1, 2);
INSERT INTO a VALUES (1);
--- becomes
CREATE TABLE t (id integer NOT NULL, u integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (u), CONSTRAINT t_id_key UNIQUE (id));
CREATE TABLE a (t_id integer REFERENCES t (id));
CREATE TABLE b (t_id integer REFERENCES t (id));

--- a primary key is renamed: renameConstraint
CREATE TABLE t (a integer PRIMARY KEY);
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer CONSTRAINT key PRIMARY KEY);

--- a primary key changes after the foreign key to it is dropped: dropConstraint dropConstraint addConstraint
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT key PRIMARY KEY (a), UNIQUE (b));
CREATE TABLE u (t_a integer REFERENCES t (a));
INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT key PRIMARY KEY (a) DEFERRABLE, UNIQUE (b));
CREATE TABLE u (t_a integer);

--- unique constraints are added, changed and dropped: dropConstraint dropConstraint addConstraint addConstraint
CREATE TABLE t (a integer, b integer, UNIQUE (a), CONSTRAINT other UNIQUE (a, b));
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, CONSTRAINT other UNIQUE (b, a), UNIQUE (b) DEFERRABLE INITIALLY DEFERRED);

--- a unique constraint becomes an index and vice versa: dropConstraint dropIndex addConstraint createIndex
CREATE TABLE t (a integer, b integer, CONSTRAINT ua UNIQUE (a));
CREATE UNIQUE INDEX ub ON t (b);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, CONSTRAINT ub UNIQUE (b));
CREATE UNIQUE INDEX ua ON t (a);

--- a unique constraint becomes NULLS NOT DISTINCT: dropConstraint addConstraint
CREATE TABLE t (a integer, CONSTRAINT u UNIQUE (a));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a));

--- keys with INCLUDE and storage parameters are added: addConstraint addConstraint
CREATE TABLE t (a integer NOT NULL, b integer);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a) INCLUDE (b), CONSTRAINT u UNIQUE (b) WITH (fillfactor = 70));

--- a foreign key with all options is added: addConstraint
CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
CREATE TABLE u (x integer, y integer);
INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
CREATE TABLE u (x integer, y integer, CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES t (a, b) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);

--- a foreign key that sets one column to null is added: addConstraint
CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
CREATE TABLE u (x integer, y integer);
INSERT INTO t VALUES (1, 2);
--- becomes
CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
CREATE TABLE u (x integer, y integer, FOREIGN KEY (x, y) REFERENCES t (a, b) ON DELETE SET NULL (y));

--- the options of foreign keys change: dropConstraint dropConstraint dropConstraint addConstraint addConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (x integer REFERENCES t, y integer REFERENCES t ON DELETE SET NULL, z integer REFERENCES t DEFERRABLE);
INSERT INTO t VALUES (1); INSERT INTO u VALUES (1, 1, 1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (x integer REFERENCES t ON DELETE CASCADE, y integer REFERENCES t ON UPDATE RESTRICT ON DELETE SET DEFAULT, z integer REFERENCES t DEFERRABLE INITIALLY DEFERRED);

--- a foreign key gets another target table: dropConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE v (a integer PRIMARY KEY);
CREATE TABLE u (x integer REFERENCES t);
INSERT INTO t VALUES (1); INSERT INTO v VALUES (1); INSERT INTO u VALUES (1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE v (a integer PRIMARY KEY);
CREATE TABLE u (x integer REFERENCES v);

--- a foreign key is renamed and another validated: validateConstraint renameConstraint
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (x integer CONSTRAINT old REFERENCES t, y integer);
ALTER TABLE u ADD CONSTRAINT checked FOREIGN KEY (y) REFERENCES t NOT VALID;
INSERT INTO t VALUES (1); INSERT INTO u VALUES (1, 1);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (x integer CONSTRAINT new REFERENCES t, y integer CONSTRAINT checked REFERENCES t);

--- a foreign key and its primary key get other names and columns: dropConstraint dropConstraint addConstraint addConstraint
CREATE TABLE a (b int, c int, CONSTRAINT a_pk PRIMARY KEY (b, c));
CREATE TABLE d (b int, c int, CONSTRAINT d_fk FOREIGN KEY (b, c) REFERENCES a (b, c));
--- becomes
CREATE TABLE a (b int NOT NULL, c int NOT NULL, CONSTRAINT a_key PRIMARY KEY (c, b));
CREATE TABLE d (b int, c int, CONSTRAINT d_key FOREIGN KEY (b, c) REFERENCES a (b, c));

--- NOT VALID constraints are added: addConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer);
INSERT INTO t VALUES (1, 0);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer);
ALTER TABLE t ADD CONSTRAINT positive CHECK (b > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES t NOT VALID;

--- the expression of a check changes: dropConstraint addConstraint
CREATE TABLE t (a integer, CONSTRAINT positive CHECK (a > 0));
INSERT INTO t VALUES (1);
--- becomes
CREATE TABLE t (a integer, CONSTRAINT positive CHECK (a >= 0 AND a <> 7));

--- an unnamed check changes: dropConstraint addConstraint
CREATE TABLE t (a integer CHECK (a > 0), b integer CHECK (b > 0));
INSERT INTO t VALUES (2, 1);
--- becomes
CREATE TABLE t (a integer CHECK (a > 1) NO INHERIT, b integer CHECK (b > 0));

--- keys and a foreign key over periods are added [alone since 18]: createObject dropConstraint addConstraint addConstraint addConstraint
CREATE TABLE room (id integer, during tstzrange, size integer, CONSTRAINT room_pkey PRIMARY KEY (id, during));
CREATE TABLE booking (room integer, during tstzrange);
INSERT INTO room VALUES (1, '[2026-01-01, 2026-02-01)');
INSERT INTO booking VALUES (1, '[2026-01-03, 2026-01-04)');
--- becomes
CREATE EXTENSION btree_gist;
CREATE TABLE room (id integer, during tstzrange, size integer, PRIMARY KEY (id, during WITHOUT OVERLAPS),
  CONSTRAINT sized UNIQUE (size, during WITHOUT OVERLAPS));
CREATE TABLE booking (room integer, during tstzrange,
  CONSTRAINT of FOREIGN KEY (room, PERIOD during) REFERENCES room (id, PERIOD during));

--- NOT ENFORCED constraints are added [since 18]: dropConstraint addConstraint addConstraint
CREATE TABLE t (a integer PRIMARY KEY, b integer, CONSTRAINT positive CHECK (b > 0));
INSERT INTO t VALUES (1, 7);
--- becomes
CREATE TABLE t (a integer PRIMARY KEY, b integer, CONSTRAINT positive CHECK (b > 0) NOT ENFORCED);
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES t NOT ENFORCED;

--- both ends of a foreign key become numeric: dropConstraint alterColumn alterColumn addConstraint
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (user_id bigint REFERENCES users);
INSERT INTO users VALUES (1);
INSERT INTO posts VALUES (1);
--- becomes
CREATE TABLE users (id numeric(20) PRIMARY KEY);
CREATE TABLE posts (user_id numeric(20) REFERENCES users);

--- a foreign key stays while its integers grow: alterColumn alterColumn
CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE posts (user_id integer REFERENCES users);
INSERT INTO users VALUES (1);
INSERT INTO posts VALUES (1);
--- becomes
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (user_id bigint REFERENCES users);

--- an exclusion constraint is added: addConstraint
CREATE TABLE t (during tsrange, room integer);
INSERT INTO t VALUES ('[2026-01-01, 2026-01-02)', 1);
--- becomes
CREATE TABLE t (during tsrange, room integer, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&, int4range(room, room, '[]') WITH =) WHERE (room > 0) DEFERRABLE);

--- an exclusion constraint changes: dropConstraint addConstraint
CREATE TABLE t (a integer, b text, CONSTRAINT e EXCLUDE USING btree (a WITH =));
INSERT INTO t VALUES (1, 'x');
--- becomes
CREATE TABLE t (a integer, b text, CONSTRAINT e EXCLUDE USING btree (a WITH =, b text_pattern_ops WITH =) INCLUDE (b));
