import { Database } from "bun:sqlite";
import { test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "../golden.ts";
import { type Project, project, sqlRevision } from "./project.ts";

const url = "sqlite:///./app.db";

function linear(it: Project): void {
  it.write("migrate.toml", `database_url = "${url}"\n`);
  it.write(
    "migrations/versions/aaaa11111111_create_users.sql",
    sqlRevision({
      id: "aaaa11111111",
      message: "create_users",
      up: "CREATE TABLE users (id INTEGER PRIMARY KEY);",
      downSql: "DROP TABLE users;",
    }),
  );
  it.write(
    "migrations/versions/bbbb22222222_add_email.sql",
    sqlRevision({
      id: "bbbb22222222",
      down: ["aaaa11111111"],
      message: "add_email",
      up: "CREATE TABLE emails (id INTEGER PRIMARY KEY);",
      downSql: "DROP TABLE emails;",
    }),
  );
}

function branched(it: Project): void {
  it.write("migrate.toml", `database_url = "${url}"\n`);
  const revisions = [
    { id: "1111aaaa", message: "base" },
    { id: "2222aaaa", down: ["1111aaaa"], labels: ["left"], message: "left" },
    { id: "2222bbbb", down: ["1111aaaa"], labels: ["right"], message: "right" },
    { id: "3333bbbb", down: ["2222bbbb"], message: "right2" },
    { id: "9999aaaa", labels: ["other"], message: "otherbase" },
    { id: "9999bbbb", down: ["9999aaaa"], dependsOn: ["2222aaaa"], message: "othertwo" },
  ];
  for (const revision of revisions) {
    it.write(`migrations/versions/${revision.id}_${revision.message}.sql`, sqlRevision(revision));
  }
}

const sessions: readonly {
  readonly name: string;
  readonly setUp: (it: Project) => void;
  readonly lines: string;
}[] = [
  {
    name: "linear",
    setUp: linear,
    lines: `
      heads
      heads -v
      history
      history -v
      history -i
      history -r aaaa:
      history -r :aaaa
      history -r aaaa:current
      history -r=-2:
      history -r foo
      show head
      show aaaa
      show current
      branches
      current
      current -c
      upgrade head --sql
      check
      upgrade +1 --dry-run
      upgrade head --dry-run --from aaaa
      upgrade +1
      current
      current -c
      history -i
      history -r current+1:
      upgrade +1
      upgrade +1
      upgrade head
      current -c
      current -v
      downgrade -1
      downgrade -3
      upgrade zzz
      upgrade a:b
      stamp zzz
      stamp base --dry-run
      stamp base
      stamp head
      edit base
      downgrade base
      upgrade
      upgrad head
      -q
      upgrade head --bogus
      -q current
      upgrade head --from base
      ensure_version
      list_templates
    `,
  },
  {
    name: "branches",
    setUp: branched,
    lines: `
      heads
      heads --resolve-dependencies
      history
      branches
      branches -v
      show heads
      show head
      upgrade head
      upgrade left@head
      upgrade right@head
      upgrade heads
      current
      current -c
      downgrade right@-1
      downgrade other@-1
      downgrade left@base
      upgrade +1
      upgrade right@+1
      upgrade heads
      downgrade 1111aaaa
      upgrade left@+1
      upgrade nope@head
      upgrade 2222bbbb@head
      upgrade left@3333bbbb
      upgrade 2222
      stamp head
      stamp heads
      stamp 1111aaaa
      stamp --purge 2222aaaa 3333bbbb
      upgrade heads
      history -r left@base:left@head
      history -r 3333bbbb:1111aaaa
      history -r 1111aaaa:3333bbbb
      merge 2222aaaa 2222aaaa
      merge 2222aaaa 9999aaaa
      revision -m x
      revision -m x --head 1111aaaa
      revision -m x --head heads --rev-id 1111aaaa
      revision -m x --head heads --branch-label left --rev-id zzzz0001 --rev-id xxxx0001
      revision -m x --head base --rev-id new-base
      merge heads -m mergeall --rev-id mmmm0001
      heads
      history
      upgrade heads
      downgrade left@-1
      current
    `,
  },
];

/** Returns the version rows, or that there is no file or no table: reading must create neither. */
function versionRows(folder: string): string {
  const path = join(folder, "app.db");
  if (!existsSync(path)) return "no database file";
  using database = new Database(path, { readonly: true });
  try {
    const rows = database.query<{ version_num: string }, []>(
      "SELECT version_num FROM alembic_version ORDER BY 1",
    ).all();
    return `[${rows.map((it) => it.version_num).join(", ")}]`;
  } catch {
    return "no version table";
  }
}

for (const { name, setUp, lines } of sessions) {
  test(`a session matches its golden file: ${name}`, async () => {
    using it = project();
    setUp(it);
    let transcript = "";
    for (const line of lines.trim().split("\n").map((text) => text.trim())) {
      const { stdout, stderr, status } = await it.migrate(...line.split(" "));
      const said = [
        ...stdout.split("\n").slice(0, -1),
        ...stderr.split("\n").slice(0, -1).map((text) => `! ${text}`),
        ...status === 0 ? [] : [`exit ${status}`],
      ];
      transcript += `$ migrate ${line}\n${
        said.map((text) => `  ${text}`.trimEnd() + "\n").join("")
      }  ${versionRows(it.folder)}\n`;
    }
    const stable = transcript.replaceAll(it.folder, "<folder>").replace(/\d{8}_\d{4}_/g, "<time>_");
    expectGolden(`session_${name}.txt`, stable);
  }, 120_000);
}
