import { expect, test } from "bun:test";
import { parseConfig } from "../../lib/config/parse_config.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import { ToolError } from "../../lib/error.ts";
import { parseTarget } from "../../lib/revision/target.ts";
import { parseScript } from "../../lib/script/read_script.ts";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { type Random, random } from "../sql/random.ts";

/** The parsers of texts that people write, each with a valid text. */
const readers: readonly {
  readonly name: string;
  readonly text: string;
  readonly read: (text: string) => unknown;
}[] = [
  ...[
    "postgresql+psycopg2://app:p%40ss@db.example.com:5432,[::1]:5433/shop?sslmode=require&connect_timeout=3",
    "sqlite+aiosqlite:////var/lib/app.db?mode=ro",
    "libsql://shop.turso.io:8080/x?authToken=abc.def&tls=1",
    "file:///var/lib/app.db?cache=shared",
  ].map((text) => ({ name: "a URL", text, read: (it: string) => parseDatabaseUrl(it) })),
  {
    name: "migrate.toml",
    text: `# a project
database_url = "sqlite:///./app.db"
version_locations = ["a", "b"]
truncate_slug_length = 40
lock_wait = "60s"
history = true

[databases.other]
database_url = "\${OTHER}"
transaction_per_migration = true

[[post_write_hooks]]
name = "fmt"
command = ["deno", "fmt", "FILE"]
`,
    read: (it) => parseConfig(it, "/project/migrate.toml"),
  },
  {
    name: "a .sql revision",
    text: `-- message: it's "made"
-- revision: aaa111
-- down_revision: bbb222, ccc333
-- branch_labels: accounts
-- depends_on: null
-- transaction: false
-- migrate:up
CREATE TABLE t (id integer);
-- migrate:down
DROP TABLE t;
`,
    read: (it) => parseScript(it, "/project/versions/a.sql"),
  },
  {
    name: "a .ts revision",
    text: `/* made by hand */
import { column, integer, type Operations } from "migrate";

export const revision = "5e1db40d8352";
export const downRevision: string[] = ["aaa111", 'bbb222'];
export const branchLabels: string[] = [\`accounts\`];
export const dependsOn = null;
export const transaction = false;

export function upgrade(op: Operations): void {
  op.createTable("users", column("id", integer())); // /"'
}
`,
    read: (it) => parseScript(it, "/project/versions/a.ts"),
  },
  ...(["postgres", "sqlite"] as const).map((grammar) => ({
    name: `a script for ${grammar}`,
    text: `-- migrate:up
CREATE FUNCTION f() RETURNS int AS $x$ SELECT 1; $x$ LANGUAGE sql;
/* a /* b */ */ INSERT INTO "a""b" VALUES ('it''s', E'\\n', 1.5e3, :x, $1);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END;
COPY t (a, b) FROM STDIN;
1\\tx
\\.
\\connect other
-- migrate:down
SELECT 1
`,
    read: (it: string) => splitText(it, grammar),
  })),
  { name: "a target", text: "accounts@ae1027a6+2:head-1", read: (it) => parseTarget(it) },
];

const pieces = [
  "",
  "\0",
  "\n",
  "\r",
  "\ufeff",
  "'",
  '"',
  "`",
  "$$",
  "/*",
  "*/",
  "--",
  "\\",
  "[",
  "]",
  "{",
  "}",
  "=",
  ":",
  "@",
  "%",
  "%zz",
  "é",
  "\ud800",
  "\u2028",
  "-- migrate:up\n",
  ";",
  ",",
  "null",
  "999999999999999999999",
] as const;

for (const { name, text, read } of readers) {
  test(`${name} with random changes is read, or refused with a ToolError: ${text.slice(0, 20).split("\n")[0]}`, () => {
    let refused = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const broken = mutated(text, random(seed));
      try {
        read(broken);
      } catch (error) {
        if (!(error instanceof ToolError)) {
          throw new Error(JSON.stringify(broken), { cause: error });
        }
        refused += 1;
        const said = `${error.message} ${error.facts.hint ?? ""}`;
        // What it quotes may contain line breaks.
        const own = said.split("\n").length - 1;
        expect({ broken, own: own > broken.split("\n").length - 1 }).toEqual({
          broken,
          own: false,
        });
        expect(error.message).toMatch(/^[A-Z]/);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
}

/** Returns `text` with one to four changes. */
function mutated(text: string, from: Random): string {
  let left = text;
  for (let changes = 1 + from.below(4); changes > 0; changes--) {
    const start = from.below(left.length + 1);
    const end = Math.min(left.length, start + from.below(from.below(4) === 0 ? 40 : 3));
    left = left.slice(0, start) + from.pick(pieces) + left.slice(end);
  }
  return left;
}
