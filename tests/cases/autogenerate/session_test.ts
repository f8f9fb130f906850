import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "../../golden.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { type Project, project, runners } from "../project.ts";

setDefaultTimeout(120_000);

const sqliteModels = {
  "one.sql": `
CREATE TABLE teams (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL UNIQUE);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  mail VARCHAR(255) NOT NULL,
  age INTEGER DEFAULT 7 CHECK (age > 0),
  team_id INTEGER REFERENCES teams (id) ON DELETE SET NULL
);
CREATE INDEX ix_users_mail ON users (lower(mail)) WHERE age > 17;
CREATE VIEW adults AS SELECT mail FROM users WHERE age > 17;
`,
  "two.sql": `
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email VARCHAR(255) NOT NULL,
  age INTEGER DEFAULT 18,
  team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE
);
CREATE INDEX ix_users_email ON users (lower(email)) WHERE age > 17;
CREATE VIEW adults AS SELECT email FROM users WHERE age > 17;
CREATE TRIGGER no_team BEFORE DELETE ON teams BEGIN SELECT RAISE(ABORT, 'no; never'); END;
`,
};

const postgresModels = {
  "one.sql": `
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE teams (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lead integer);
CREATE TABLE users (
  id serial PRIMARY KEY,
  mail varchar(255) NOT NULL UNIQUE,
  mood mood NOT NULL DEFAULT 'ok',
  price numeric(10, 2) DEFAULT -1 CHECK (price > -2 AND mail <> ''),
  team_id bigint REFERENCES teams ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE teams ADD CONSTRAINT teams_lead FOREIGN KEY (lead) REFERENCES users;
CREATE INDEX ix_users_mail ON users (lower(mail)) INCLUDE (id) WHERE mood = 'ok';
COMMENT ON TABLE users IS 'people';
CREATE VIEW moods AS SELECT u.mail, u.mood FROM users u JOIN teams t ON t.id = u.team_id;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
`,
  "two.sql": `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'great');
CREATE TABLE teams (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (
  id serial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  mood mood,
  price numeric(10, 2) DEFAULT 0.5,
  team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users FOR SELECT USING (email = current_user);
CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) FROM users GROUP BY mood;
`,
};

const lines = `
  check --models one.sql
  revision --autogenerate --models one.sql -m one --rev-id aaaa
  check --models one.sql
  revision --autogenerate --models one.sql -m again
  upgrade head
  check --models one.sql
  revision --autogenerate --models one.sql -m again
  check --models two.sql
  revision --autogenerate --models two.sql --rename users.mail:email -m two --rev-id bbbb --format sql
  upgrade head
  check --models two.sql
  revision --autogenerate --models two.sql -m again
  revision --autogenerate --models two.sql --from-revisions -m again
  downgrade -1
  upgrade head
  check --models two.sql
  revision --autogenerate --models one.sql -m three --rev-id cccc --format js
  upgrade head
  check --models one.sql
`;

/** Returns what was typed and said, and each file as it is written. */
async function session(it: Project): Promise<string> {
  let transcript = "";
  const known = new Set<string>();
  for (const line of lines.trim().split("\n").map((text) => text.trim())) {
    const { stdout, stderr, status } = await it.migrate(...line.split(" "));
    const said = [
      ...stdout.split("\n").slice(0, -1),
      ...stderr.split("\n").slice(0, -1).map((text) => `! ${text}`),
      ...status === 0 ? [] : [`exit ${status}`],
    ];
    transcript += `$ migrate ${line}\n${said.map((text) => `  ${text}`.trimEnd() + "\n").join("")}`;
    for (const name of readdirSync(join(it.folder, "migrations/versions"))) {
      if (known.has(name)) continue;
      known.add(name);
      transcript += `\n${it.read(`migrations/versions/${name}`)}\n`;
    }
  }
  return transcript.replaceAll(it.folder, "<folder>").replace(/\d{8}_\d{4}_/g, "<time>_")
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d/g, "<time>");
}

for (const runner of runners) {
  test(`${runner.name}: autogenerate and check on SQLite match the golden file`, async () => {
    using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
    await it.ok("init");
    for (const [name, text] of Object.entries(sqliteModels)) it.write(name, text);
    const said = await session(it);
    if (runner.name === "executable") expectGolden("session_autogenerate_sqlite.txt", said);
    else {expect(said).toBe(
        await Bun.file(join(import.meta.dir, "../../golden/session_autogenerate_sqlite.txt"))
          .text(),
      );}
  });
}

test("autogenerate and check on PostgreSQL match the golden file", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  await it.ok("init");
  for (const [name, text] of Object.entries(postgresModels)) it.write(name, text);
  const said = (await session(it)).replaceAll(/postgresql:\/\/\S+/g, "<database>");
  expectGolden("session_autogenerate_postgres.txt", said);
});
