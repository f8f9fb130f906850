import { expect, test } from "bun:test";
import { parseSqlHeader } from "../../lib/script/header/parse_sql_header.ts";
import { toolErrorOf } from "./tool_error_of.ts";

const path = "/versions/aa11_create_users.sql";

function source(...lines: readonly string[]): string {
  return [...lines, "-- migrate:up", "SELECT 1;", ""].join("\n");
}

/** The lines after the revision's id and its down revision, and what they mean. */
const headers: Readonly<Record<string, readonly [lines: readonly string[], says: object]>> = {
  "nothing else": [[], { transactional: true, revision: { message: "" } }],
  "a key": [["-- transaction: false"], { transactional: false }],
  "no space after a colon": [["-- transaction:false"], { transactional: false }],
  "a space before a colon": [
    ["-- transaction : false"],
    { transactional: false, revision: { message: "" } },
  ],
  "no space after the dashes": [["--transaction: false"], { transactional: false }],
  "several values": [
    ["-- branch_labels: a,b , c", "-- depends_on: null"],
    { revision: { branchLabels: ["a", "b", "c"], dependsOn: [] } },
  ],
  "a trailing comma": [["-- depends_on: a,"], { revision: { dependsOn: ["a"] } }],
  "a message with a colon": [["-- message: users: made"], {
    revision: { message: "users: made" },
  }],
  "a remark before the message": [["-- create users", "-- message: made"], {
    revision: { message: "made" },
  }],
  "the file name": [["-- aa11_create_users.sql", "--", "-- create users"], {
    revision: { message: "create users" },
  }],
  "remarks with a colon": [
    ["-- see https://example.com/a", "-- Users: made", "-- Re: users", "-- what is made: users"],
    { revision: { message: "see https://example.com/a" } },
  ],
  "keys in a block comment": [["/*", "transaction: false", "*/"], {
    transactional: true,
  }],
  "timeouts": [["-- statement_timeout: 5s", "-- idle_in_transaction: 0"], {
    timeouts: { statement: 5000, idleInTransaction: 0 },
  }],
  "one timeout": [["-- idle_in_transaction: 1m"], { timeouts: { idleInTransaction: 60_000 } }],
};

for (const [name, [lines, says]] of Object.entries(headers)) {
  test(`parseSqlHeader() reads a header with ${name}`, () => {
    const text = source("-- revision: aa11", "-- down_revision: bb22", ...lines);
    expect(parseSqlHeader(text, path)).toMatchObject(says);
  });
}

/** Headers that are refused, with the line and a part of the message. */
const refused: readonly (readonly [lines: readonly string[], line: number, says: string])[] = [
  [["-- transactional: false"], 3, 'unknown key "transactional"'],
  [["-- transactional:false"], 3, 'unknown key "transactional"'],
  [["-- Transaction: false"], 3, 'unknown key "Transaction"'],
  [["-- note: a remark"], 3, 'unknown key "note"'],
  [["-- transaction: no"], 3, 'transaction is "no"'],
  [["-- transaction: true", "-- transaction:false"], 4, "transaction is given twice"],
  [["-- statement_timeout: soon"], 3, '"soon" is not a time'],
  [["-- about", "SELECT 1;"], 4, "a statement comes before"],
  [["-- migrate:upp"], 3, '"-- migrate:upp" is not a section marker'],
  [["/* migrate:up */"], 3, '"/* migrate:up */" is not a section marker'],
];

for (const [lines, line, says] of refused) {
  test(`parseSqlHeader() refuses ${lines.join(" | ")}`, async () => {
    const text = source("-- revision: aa11", "-- down_revision: bb22", ...lines);
    const error = await toolErrorOf(() => parseSqlHeader(text, path));
    expect(error).toMatchObject({ code: "script/header", facts: { file: path, line } });
    expect(error.message).toContain(says);
  });
}

const withoutSection: readonly (readonly [lines: string, line: number, found: string])[] = [
  ["CREATE TABLE t (a int);\n-- migrate:down\nDROP TABLE t;", 3, "it has no -- migrate:up"],
  ["-- migrate: up\nSELECT 1;", 3, '"-- migrate: up" is not a section marker'],
  ["-- about\n-- +goose Up\nSELECT 1;", 4, '"-- +goose Up" is not a section marker'],
  ["-- Up\nSELECT 1;\n-- Down\nSELECT 2;", 3, '"-- Up" is not a section marker'],
];

for (const [lines, line, found] of withoutSection) {
  test(`parseSqlHeader() says what is wrong without -- migrate:up: ${found}`, async () => {
    const text = `-- revision: aa11\n-- down_revision: null\n${lines}\n`;
    const { message, facts } = await toolErrorOf(() => parseSqlHeader(text, path));
    expect([message, facts.line]).toEqual([
      `Cannot read the header of "aa11_create_users.sql": ${found}`,
      line,
    ]);
  });
}

test("parseSqlHeader() takes a word for a direction above -- migrate:up for a remark", () => {
  const text = source("-- revision: aa11", "-- down_revision: null", "-- Up");
  expect(parseSqlHeader(text, path).revision.message).toBe("Up");
});

test("parseSqlHeader() requires a revision, its down revision and a section", async () => {
  const messageOf = async (text: string) =>
    (await toolErrorOf(() => parseSqlHeader(text, path))).message;
  for (const id of ["", "-- revision:\n"]) {
    const text = `${id}-- down_revision: null\n-- migrate:up\n`;
    expect(await messageOf(text)).toStartWith("Could not determine revision id from filename");
  }
  expect(await messageOf(source("-- revision: aa11"))).toEndWith(
    "down_revision is missing",
  );
  for (const rest of ["", "-- revision: aa11\n", "-- migrate:down\n"]) {
    expect(await messageOf(rest)).toEndWith("it has no -- migrate:up");
  }
  expect(await messageOf("-- migrate:down\n-- migrate:up\n")).toEndWith("comes first");
});
