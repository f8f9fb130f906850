import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project, sqlRevision } from "./project.ts";

const root = join(import.meta.dir, "../..");
const documented = readFileSync(join(root, "docs/json.md"), "utf8");

test("docs/json.md names every key of every command's document", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db", EDITOR: "true" } });
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: "CREATE TABLE a (id INT);", downSql: "DROP TABLE a;" }),
  );
  it.write("models.sql", "CREATE TABLE a (id INT); CREATE TABLE b (id INT);");
  const keys = new Set<string>();
  for (
    const line of [
      ...["init other", "list_templates", "completion fish", "ensure_version", "--version"],
      ...["upgrade head --dry-run", "upgrade head", "stamp base --dry-run", "upgrade head --sql"],
      ...["current", "heads", "history -i", "branches", "show aaaa", "status", "log", "edit head"],
      ...["accept aaaa --reason x", "verify", "check --drift", "diff database models.sql --sql"],
      ...["merge heads", "revision -m more", "revision --autogenerate --models models.sql"],
    ]
  ) {
    const { stdout } = await it.migrate("--json", ...line.split(" "));
    collectKeys(JSON.parse(stdout), keys);
  }
  expect([...keys].filter((key) => !isNamed(key))).toEqual([]);
  expect(keys.size).toBeGreaterThanOrEqual(40);
}, 60_000);

test("docs/json.md names every event of the log", () => {
  const text = readFileSync(join(root, "lib/report/event.ts"), "utf8");
  const kinds = [...text.matchAll(/readonly kind: "(\w+)"/g)].map(([, kind = ""]) => kind);
  expect(kinds.length).toBeGreaterThan(15);
  // What is only for a terminal.
  const logged = kinds.filter((kind) => kind !== "planned" && kind !== "statement");
  expect(logged.filter((kind) => !documented.includes(`\`${kind}\``))).toEqual([]);
});

/** Adds the keys of `value` and of the objects in its lists, but for operations, which vary. */
function collectKeys(value: unknown, keys: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) return value.forEach((it) => collectKeys(it, keys));
  for (const [key, part] of Object.entries(value)) {
    keys.add(key);
    if (key !== "operations") collectKeys(part, keys);
  }
}

function isNamed(key: string): boolean {
  return documented.includes(`\`${key}\``) || documented.includes(`"${key}"`);
}
