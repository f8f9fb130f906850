import { expect, test } from "bun:test";
import { sessionLevel } from "../../../lib/dialect/postgres/transactions/session_level.ts";
import {
  setsLockTimeout,
  waitsForTables,
} from "../../../lib/dialect/postgres/transactions/waits_for_tables.ts";

test("waitsForTables() is true of schema changes, not of row changes and concurrent builds", () => {
  const waiting = [
    "ALTER TABLE t ADD COLUMN x integer",
    "-- a remark\n/* and\nanother */ drop table t",
    "CREATE INDEX ix ON t (x)",
    "TRUNCATE t",
    "LOCK TABLE t",
    "ALTER TABLE t -- built CONCURRENTLY before\n ADD CONSTRAINT k UNIQUE USING INDEX ix",
    "ALTER TABLE t ADD COLUMN x text DEFAULT 'CONCURRENTLY'",
    "CREATE INDEX concurrently_built ON t (x)",
    "REFRESH MATERIALIZED VIEW v",
    "DO $$ BEGIN ALTER TABLE t ADD COLUMN x integer; END $$",
  ];
  const others = [
    "INSERT INTO t VALUES ('ALTER TABLE t')",
    "UPDATE t SET x = 1",
    "WITH x AS (SELECT 1) DELETE FROM t",
    "COPY t FROM STDIN",
    "SELECT 1",
    "CREATE INDEX CONCURRENTLY ix ON t (x)",
    "CREATE UNIQUE INDEX /* slowly */ CONCURRENTLY IF NOT EXISTS ix ON t (x)",
    "-- slowly\nDROP INDEX CONCURRENTLY ix",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
    "REINDEX TABLE CONCURRENTLY t",
    "REINDEX (VERBOSE) INDEX CONCURRENTLY ix",
    "REINDEX (CONCURRENTLY, VERBOSE) TABLE t",
    "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
    "DO $$ BEGIN UPDATE t SET x = 1; END $$",
    "",
  ];
  expect(waiting.filter((it) => !waitsForTables(it))).toEqual([]);
  expect(others.filter(waitsForTables)).toEqual([]);
});

test("setsLockTimeout() finds statements that set lock_timeout", () => {
  const setting = [
    "SET lock_timeout = 0",
    "set local lock_timeout to '2s'",
    "SELECT pg_catalog.set_config('lock_timeout', '1s', true)",
    "RESET lock_timeout",
    "-- for long\nSET lock_timeout = 0",
  ];
  expect(setting.filter((it) => !setsLockTimeout(it))).toEqual([]);
  expect(setsLockTimeout("INSERT INTO settings VALUES ('lock_timeout')")).toBe(false);
});

test("sessionLevel() finds session state that a pooler would pass on to another client", () => {
  const left = [
    "SET search_path = a",
    "set session statement_timeout = 1",
    "SET ROLE ann",
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "CREATE TEMPORARY TABLE t (id integer)",
    "SELECT pg_try_advisory_lock(1)",
    "LISTEN news",
    "PREPARE q AS SELECT 1",
    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
    "CREATE TABLE pg_temp.t (id integer)",
    "CREATE FUNCTION pg_temp.f() RETURNS integer LANGUAGE sql RETURN 1",
    "SELECT 1 AS a INTO pg_temp.tt",
    "create temp view v as select 1",
    "create or replace temp view v as select 1",
    "CREATE TEMPORARY RECURSIVE VIEW v (n) AS SELECT 1",
    "select 1 as a into temp tt",
    "WITH x AS (SELECT 1 AS a) SELECT a INTO LOCAL TEMPORARY TABLE tt FROM x",
    "WITH x AS (SELECT set_config('a.b', '(', false)) SELECT 1",
    "INSERT INTO t SELECT set_config('a.b', current_setting('a.c', true), false)",
    "SELECT set_config('a.b', 'c', $1)",
    "do 'begin perform set_config(''work_mem'',''5MB'',false); end'",
    "DO $$ BEGIN SET work_mem = '5MB'; END $$",
    "DO $x$ BEGIN -- more of it\n SET work_mem = '5MB'; END $x$",
    "DO LANGUAGE plpgsql $$ BEGIN IF true THEN EXECUTE 'SET ROLE ann'; END IF; END $$",
    "DO $$ BEGIN EXECUTE format('SET search_path TO %I', 'a'); END $$",
    "DO $$ BEGIN CREATE TEMP TABLE t (id integer); END $$",
    "DO $$ BEGIN PERFORM pg_advisory_lock(1); END $$",
  ];
  const fine = [
    "SET LOCAL search_path = a",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET CONSTRAINTS ALL DEFERRED",
    "SELECT set_config('search_path', '', true)",
    "CREATE TEMP TABLE t (id integer) ON COMMIT DROP",
    "SELECT pg_advisory_xact_lock(1)",
    "CREATE TABLE t (id integer)",
    "UPDATE t SET x = 1",
    "INSERT INTO temp SELECT 1",
    "CREATE VIEW v AS SELECT * FROM pg_temp.t",
    "INSERT INTO pg_temp.t SELECT 1",
    "WITH x AS (SELECT 1) INSERT INTO temp SELECT * FROM x",
    "SELECT 1 AS a INTO temp FROM x",
    "SELECT set_config('a.b', current_setting('a.c', false), is_local => true)",
    "do 'begin perform set_config(''work_mem'',''5MB'',true); end'",
    "CREATE FUNCTION f() RETURNS text AS $$ SELECT set_config('a.b', 'c', false) $$ LANGUAGE sql",
    "DO $$ BEGIN SET LOCAL work_mem = '5MB'; UPDATE t SET x = 1; END $$",
    "DO $$ BEGIN IF true THEN ALTER TABLE t ALTER x SET NOT NULL; END IF; END $$",
    "DO $$ BEGIN CREATE TEMP TABLE t (id integer) ON COMMIT DROP; END $$",
  ];
  expect(left.filter((it) => sessionLevel(it) === undefined)).toEqual([]);
  expect(fine.filter((it) => sessionLevel(it) !== undefined)).toEqual([]);
});
