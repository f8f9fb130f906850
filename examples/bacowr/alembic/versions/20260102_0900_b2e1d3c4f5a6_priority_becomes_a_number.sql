-- message: Priority becomes a number
-- revision: b2e1d3c4f5a6
-- down_revision: a1f0c2d3e4b5
-- create_date: 2026-01-02 09:00:00
-- migrate:up
-- SQLite cannot change a column's type in place: a new table, the rows, and the old name.
CREATE TABLE jobs_new (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL DEFAULT 0
);
INSERT INTO jobs_new (id, status, priority) SELECT id, status, CAST(coalesce(priority, '0') AS INTEGER) FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
-- migrate:down
CREATE TABLE jobs_old (id VARCHAR(36) NOT NULL PRIMARY KEY, status TEXT NOT NULL, priority TEXT);
INSERT INTO jobs_old (id, status, priority) SELECT id, status, CAST(priority AS TEXT) FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_old RENAME TO jobs;
