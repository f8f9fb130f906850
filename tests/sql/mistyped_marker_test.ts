import { expect, test } from "bun:test";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

const markers = {
  "-- migrate: down": "Did you mean -- migrate:down?",
  "--Migrate :DOWN": "Did you mean -- migrate:down?",
  "-- migrate:dwon": "Did you mean -- migrate:down?",
  "-- migrate:downgrade": "Did you mean -- migrate:down?",
  "-- migrate:upp": "Did you mean -- migrate:up?",
  "-- migrate down": "Did you mean -- migrate:down?",
  "-- migrate_down": "Did you mean -- migrate:down?",
  "-- migrations:down": "Did you mean -- migrate:down?",
  "--- migrate:down": "Did you mean -- migrate:down?",
  "  /* migrate:down */": "Did you mean -- migrate:down?",
  "/*\n * migrate:down\n */": "Did you mean -- migrate:down?",
  "-- dbmate:down": "Did you mean -- migrate:down?",
  "-- +goose Down": "Did you mean -- migrate:down?",
  "-- +migrate Down notransaction": "Did you mean -- migrate:down?",
  "-- Down Migration": "Did you mean -- migrate:down?",
  "-- migrate:revert": "The markers are -- migrate:up and -- migrate:down",
  "-- down": "Did you mean -- migrate:down? A remark needs another word",
  "-- ===== DOWN =====": "Did you mean -- migrate:down? A remark needs another word",
};

for (const [marker, hint] of Object.entries(markers)) {
  test(`a mistyped marker is refused between statements: ${marker}`, async () => {
    const script = `-- migrate:up\nselect 1;\n${marker}\nselect 2;`;
    const { code, message, facts } = await toolErrorOf(() => splitText(script, "sqlite"));
    expect([code, facts.line, facts.hint]).toEqual(["script/syntax", 3, hint]);
    expect(message).toContain(" is not a section marker");
  });
}

const remarks = [
  "-- migrate the rows down to the archive",
  "-- migrate down to the archive",
  "-- down payment",
  "-- migrate: users",
  "-- Migration: users",
  "-- migration users",
  "-- see migrate:down",
  "-- +goose StatementBegin",
  "-- 升级 down",
  "-- up",
  "/* Up */",
  "--",
  "-- Name: down; Type: TABLE; Schema: public",
  `-- ${"=".repeat(200)} down`,
  "select 1; -- down",
  "select 1 -- migrate: down\n;",
  "select 1,\n-- migrate: down\n2;",
  "select '\n-- migrate: down\n';",
];

for (const remark of remarks) {
  test(`a remark is not taken for a mistyped marker: ${remark}`, () => {
    const script = `-- migrate:up\n${remark}\nselect 2;`;
    const pieces = splitText(script, "postgres");
    expect(pieces.filter((it) => it.kind === "section").length).toBe(1);
  });
}

test("outside of sections there are no mistyped markers, and in the data of a COPY", () => {
  const script = "-- down\nselect 1;\n-- migrate: down\nselect 2;";
  expect(splitText(script, "sqlite").length).toBe(2);
  const copy = "-- migrate:up\ncopy t from stdin;\n-- migrate: down\n\\.\n";
  expect(splitText(copy, "postgres").map((it) => it.kind)).toContain("data");
});
