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
    "REINDEX TABLE CONCURRENTLY t",
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
  ];
  expect(left.filter((it) => sessionLevel(it) === undefined)).toEqual([]);
  expect(fine.filter((it) => sessionLevel(it) !== undefined)).toEqual([]);
});
