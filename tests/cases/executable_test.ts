import { expect, test } from "bun:test";
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Ended, ended, executable, type Project, project, sqlRevision } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 60_000;

/** A folder that holds the executable and nothing else, far from the repository's node_modules. */
function alone(): Project {
  const it = project();
  copyFileSync(executable.command[0] ?? "", join(it.folder, "migrate"));
  return it;
}

/** Runs the copy with no environment at all but what `variables` say. */
function bare(
  it: Project,
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return inFolder(it, ["/usr/bin/env", "-i", ...set, "./migrate", ...words]);
}

function inFolder({ folder }: Project, words: readonly string[]): Promise<Ended> {
  return ended(Bun.spawn([...words], {
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  }));
}

const typescript = `
  import { column, integer, type Operations, string } from "migrate";
  import { names } from "../names.ts";

  export const revision = "one";
  export const downRevision = null;

  export function upgrade(op: Operations): void {
    op.createTable("people", column("id", integer(), { primaryKey: true }), column("name", string(20)));
    op.bulkInsert("people", names.map((name, n) => ({ id: n + 1, name })));
  }
  export function downgrade(op: Operations): void {
    op.dropTable("people");
  }
`;

for (const kind of ["sqlite", "postgres", "libsql"] as const) {
  test(
    `the executable alone, without an environment, sets up a project and migrates ${kind}`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = alone();
      const url = { DATABASE_URL: database.url };
      expect(await bare(it, ["init"])).toMatchObject({ status: 0, stderr: "" });
      it.write("migrations/names.ts", `export const names: readonly string[] = ["Ada", "Bob"];\n`);
      it.write("migrations/versions/one.ts", typescript);
      it.write(
        "migrations/versions/two.sql",
        sqlRevision({ id: "two", down: ["one"], up: "UPDATE people SET name = 'Eve; it''s';" }),
      );
      it.write(
        "migrations/versions/three.js",
        `import { table } from "migrate";
         export const revision = "three";
         export const downRevision = "two";
         export function upgrade(op) {
           op.run("look", async (db) => {
             if (typeof table !== "function") throw new Error("no table");
             const rows = await db.query\`SELECT id FROM people\`;
             if (rows.length !== 2) throw new Error("not two rows");
           });
         }
         export function downgrade() {}`,
      );
      expect(await bare(it, ["revision", "-m", "the last", "--rev-id", "four"])).toMatchObject({
        status: 0,
      });
      expect(await bare(it, ["upgrade", "head"], url)).toMatchObject({ status: 0, stdout: "" });
      expect(await bare(it, ["current"], url)).toMatchObject({
        status: 0,
        stdout: "four (head)\n",
      });
      expect(await query(database.url, "SELECT id, name FROM people ORDER BY id")).toEqual([
        { id: 1, name: "Eve; it's" },
        { id: 2, name: "Eve; it's" },
      ]);
      expect(await bare(it, ["downgrade", "base"], url)).toMatchObject({ status: 0 });
      expect(await versions(database.url)).toEqual([]);
    },
    longest,
  );
}

test(
  "the executable knows from its own PostgreSQL grammar what cannot run in a transaction",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = alone();
    it.write(
      "migrations/versions/one.sql",
      sqlRevision({ id: "one", up: "/* not here */ VACUUM;" }),
    );
    const { status, stderr } = await bare(it, ["upgrade", "head"], { DATABASE_URL: database.url });
    expect(status).toBe(1);
    expect(stderr).toContain("VACUUM cannot run inside a transaction block");
  },
  longest,
);

test("the executable ignores the files that Bun reads from the working directory", async () => {
  using it = alone();
  it.write("bunfig.toml", `preload = ["./preloaded.ts"]\n`);
  it.write("preloaded.ts", `console.log("preloaded");\n`);
  it.write("package.json", `{ "type": "commonjs", "imports": { "migrate": "./preloaded.ts" } }`);
  it.write(
    "tsconfig.json",
    `{ "compilerOptions": { "paths": { "migrate": ["./preloaded.ts"] } } }`,
  );
  it.write(".env", "NO_SUCH_THING=1\n");
  it.write(".env.local", "DATABASE_URL=sqlite:///./local.db\n");
  it.write("node_modules/migrate/package.json", `{ "name": "migrate", "main": "index.js" }`);
  it.write("node_modules/migrate/index.js", `throw new Error("another package");\n`);
  it.write("migrations/names.ts", `export const names = [];\n`);
  it.write("migrations/versions/one.ts", typescript);
  const url = ["--database-url", "sqlite:///./app.db"];
  expect(await bare(it, ["current"])).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("DATABASE_URL"),
  });
  expect(await bare(it, ["upgrade", "head", ...url])).toMatchObject({ status: 0, stdout: "" });
  expect(readdirSync(it.folder)).toContain("app.db");
  expect(readdirSync(it.folder)).not.toContain("local.db");
}, longest);

test(".env beside the configuration is read, and never overrides the environment", async () => {
  using it = alone();
  it.write("migrate.toml", "");
  it.write(".env", "DATABASE_URL=sqlite:///./from_file.db\n");
  it.write("migrations/versions/one.sql", sqlRevision({ id: "one", up: "SELECT 1;" }));
  const real = { DATABASE_URL: "sqlite:///./from_environment.db" };
  expect(await bare(it, ["upgrade", "head"], real)).toMatchObject({ status: 0 });
  expect(readdirSync(it.folder)).toContain("from_environment.db");
  expect(readdirSync(it.folder)).not.toContain("from_file.db");
  expect(await bare(it, ["upgrade", "head"])).toMatchObject({ status: 0 });
  expect(readdirSync(it.folder)).toContain("from_file.db");
}, longest);

test("a reader that closes the pipe early, or a closed stdout, is no error", async () => {
  using it = alone();
  for (let n = 0; n < 300; n++) {
    it.write(
      `migrations/versions/r${n}.sql`,
      sqlRevision({ id: `r${n}`, down: n === 0 ? [] : [`r${n - 1}`], message: "x".repeat(300) }),
    );
  }
  const script = "./migrate history | head -1; ./migrate history >&-; echo $?";
  const { stdout, stderr } = await inFolder(it, ["/bin/bash", "-c", script]);
  expect(stderr).toBe("");
  expect(stdout.split("\n").slice(-2)).toEqual(["0", ""]);
}, longest);

test("output to a full disk is an error", () => {
  using it = alone();
  const run = (words: string) =>
    Bun.spawnSync(["/bin/sh", "-c", `./migrate ${words} >/dev/full`], { cwd: it.folder });
  for (const words of ["--help", "init --json"]) {
    const { exitCode, stderr } = run(words);
    expect(exitCode).toBe(1);
    expect(`${stderr}`).toContain("Cannot write the result: no space left on device");
  }
  const { exitCode, stderr } = run("frobnicate --json");
  expect([exitCode, `${stderr}`]).toEqual([2, expect.stringContaining('command "frobnicate"')]);
});

test("a result that cannot be written is no reason to repeat what was done", () => {
  using it = alone();
  const run = (words: string) =>
    Bun.spawnSync(["/bin/sh", "-c", `./migrate ${words}`], {
      cwd: it.folder,
      env: { DATABASE_URL: "sqlite:///./app.db" },
    });
  run("init; ./migrate revision -m one --rev-id one; ./migrate upgrade head");
  for (const words of ["current", "accept one --reason none"]) {
    expect(`${run(`${words} --json >/dev/full`).stderr}`).toContain("and run the command again");
  }
  const { exitCode, stderr } = run("downgrade -1 --json >/dev/full");
  expect(exitCode).toBe(1);
  expect(`${stderr}`).toContain("but the command itself is done: the database is at base\n");
  expect(`${stderr}`).toContain("Hint: Do not repeat it");
});

test("output cut off by a file size limit is an error", async () => {
  using it = alone();
  const script = "ulimit -f 1; ./migrate completion bash >completion";
  const { status, stderr } = await inFolder(it, ["/bin/bash", "-c", script]);
  expect([status, stderr]).toEqual([1, expect.stringContaining("Cannot write the result: ")]);
}, longest);

for (const closed of ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]) {
  test(`closed streams do not change the exit codes: ${closed}`, () => {
    using it = alone();
    const run = (words: string) =>
      Bun.spawnSync(["/bin/sh", "-c", `./migrate ${words} ${closed}`], { cwd: it.folder }).exitCode;
    expect([run("init"), run("heads"), run("frobnicate")]).toEqual([0, 0, 2]);
  });
}
