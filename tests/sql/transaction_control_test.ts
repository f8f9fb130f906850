import { expect, test } from "bun:test";
import { transactionControl } from "../../lib/sql/transaction_control.ts";

const cases = {
  begin: ["begin", "BEGIN WORK", "begin immediate", "START /* x */ TRANSACTION READ ONLY"],
  end: [
    "commit",
    "END",
    "abort",
    "rollback",
    "ROLLBACK WORK",
    "commit and chain",
    "PREPARE TRANSACTION 'x'",
    "rollback /* to */ work",
  ],
  savepoint: [
    "savepoint a",
    "release a",
    "ROLLBACK TO a",
    "rollback work -- x\n to savepoint a",
    "rollback transaction to a",
  ],
  none: [
    "select 1",
    "beginning",
    "end_of_day()",
    "start",
    "prepare p as select 1",
    "prepare transaction as select 1",
    "insert into t values ('commit')",
    "create function f() begin atomic end",
    "",
  ],
};

for (const [what, statements] of Object.entries(cases)) {
  for (const statement of statements) {
    test(`transactionControl() is ${what} for ${JSON.stringify(statement)}`, () => {
      expect(transactionControl(statement) ?? "none").toBe(what);
    });
  }
}
