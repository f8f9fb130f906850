import { expect, test } from "bun:test";
import { refusal } from "../../lib/autogenerate/models/refusal.ts";
import { DatabaseError } from "../../lib/driver/database_error.ts";

test.each([
  'extension "postgis" is not available',
  // PostgreSQL 14
  'could not open extension control file "/usr/share/postgresql/14/extension/postgis.control": No such file or directory',
])("refusal() says where to install the extension: %s", (message) => {
  const statement = { sql: "CREATE EXTENSION postgis" };
  const error = new DatabaseError({ message, statement });
  expect(refusal(error, { doing: "load the models", scratch: { kind: "server" } })).toMatchObject({
    message: `Cannot load the models: ${message}`,
    facts: { hint: expect.stringContaining("Install postgis on the server") },
  });
});
