import { expect, test } from "bun:test";
import { withoutSecrets } from "../../lib/cli/without_secrets.ts";
import { ToolError } from "../../lib/error.ts";

/** Returns what is shown of an error that says `text`. */
function shown(text: string): string {
  return withoutSecrets(new ToolError("usage", text)).message;
}

test("passwords and tokens are not shown, wherever a URL or SQL has them", () => {
  expect(shown('Unknown command "postgresql://app:hunter2@db/shop"'))
    .toBe('Unknown command "postgresql://app:***@db/shop"');
  expect(shown('Unknown command "libsql://shop.turso.io?authToken=hunter2&tls=1"'))
    .toBe('Unknown command "libsql://shop.turso.io?authToken=***&tls=1"');
  expect(shown("libsql://db?authToken=TOKEN.of.mine")).toBe("libsql://db?authToken=***");
  expect(shown("CREATE ROLE app PASSWORD 'hunter''2' LOGIN"))
    .toBe("CREATE ROLE app PASSWORD '***' LOGIN");
});

test("the words of the hints are shown", () => {
  for (
    const hint of [
      "Write postgresql://USER:PASSWORD@HOST:5432/NAME, and in the password @ as %40",
      "Write libsql://HOST?authToken=TOKEN, or http://127.0.0.1:8080 for a local server",
      "Give the token as ?authToken=TOKEN",
      "Give a token as ?authToken=TOKEN; write # as %23",
    ]
  ) expect(shown(hint)).toBe(hint);
});
