-- message: Add tags
-- revision: 002b
-- down_revision: 001
-- branch_labels: tags
-- create_date: 2026-01-06 11:00:00
-- migrate:up
CREATE TABLE tags (name VARCHAR(50) NOT NULL PRIMARY KEY);
INSERT INTO tags (name) VALUES ('new; not yet; seen'), ('it''s vip');
-- migrate:down
DROP TABLE tags;
