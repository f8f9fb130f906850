import { expect, test } from "bun:test";
import { OwnLockTimeout } from "../../lib/migrate/lock/own_lock_timeout.ts";

const cases: readonly (readonly [holds: boolean, ...statements: readonly string[]])[] = [
  [false, "CREATE TABLE lock_timeout ()"],
  [true, "SET lock_timeout = '1s'"],
  [true, "-- mine\nset session lock_timeout to 0"],
  [true, "SELECT set_config('lock_timeout', '1s', false)"],
  [true, "SET lock_timeout = '1s'", "SET statement_timeout = DEFAULT", "CREATE TABLE t ()"],
  [false, "SET LOCAL lock_timeout = '1s'"],
  [false, "SELECT set_config('lock_timeout', '1s', true)"],
  [true, "SET lock_timeout = '1s'", "SET LOCAL lock_timeout = DEFAULT"],
  [false, "SET lock_timeout = '1s'", "SET lock_timeout TO DEFAULT"],
  [false, "SET lock_timeout = '1s'", "SET lock_timeout = default"],
  [false, "SET lock_timeout = '1s'", "/* enough */ RESET lock_timeout"],
  [false, "SET lock_timeout = '1s'", "RESET ALL"],
  [false, "SET lock_timeout = '1s'", "DISCARD ALL"],
  [true, "SET lock_timeout = '1s'", "RESET search_path"],
];

for (const [holds, ...statements] of cases) {
  test(`${statements.join("; ")} ${holds ? "leaves a lock_timeout" : "leaves no lock_timeout"}`, () => {
    const own = new OwnLockTimeout();
    for (const it of statements) own.note(it);
    expect(own.holds).toBe(holds);
  });
}
