import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { databases, type DatabaseSource } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 60_000;

const file = "migrations/versions/b.sql";

function revision(last: string, downSql = ""): string {
  const up = `CREATE TABLE b (id INTEGER);\nVACUUM;\n${last}`;
  return sqlRevision({ id: "b", down: ["a"], up, downSql, more: ["-- transaction: false"] });
}

/** A database at `a`, with the upgrade of `b` half done: its table is there. */
async function halfDone(
  source: DatabaseSource,
  configuration = "",
): Promise<{ readonly it: Project; readonly url: string } & AsyncDisposable> {
  const database = await source.fresh();
  const it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", configuration);
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "a", up: "CREATE TABLE a (id INTEGER);" }),
  );
  it.write(file, revision("SELECT no_such_column;"));
  expect((await it.migrate("upgrade", "head")).stderr).toContain("The first 2 statements of this");
  return {
    it,
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      it[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Returns the commands that the error of `words` suggests. */
async function suggested(it: Project, ...words: readonly string[]): Promise<readonly string[]> {
  const { status, stdout } = await it.migrate(...words, "--json");
  expect(status).toBe(1);
  const { hint } = JSON.parse(stdout).error;
  return [...hint.matchAll(/"migrate ([^"]*)"/g)].map(([, command]) => command);
}

async function statusOf(it: Project): Promise<unknown> {
  const { stdout } = await it.migrate("status", "--json");
  return JSON.parse(stdout).interrupted;
}

const ways = ["upgrade b", "resume b --restart"];

for (const source of databases().filter((it) => it.kind !== "libsql")) {
  test(
    `${source.name}: each way on from a half-done revision works, with its file or without`,
    async () => {
      for (const way of ways) {
        for (const isGone of [true, false]) {
          await using there = await halfDone(source);
          const { it, url } = there;
          if (isGone) rmSync(join(it.folder, file));
          for (const command of [["downgrade", "base"], ["upgrade", "a"]]) {
            expect(await suggested(it, ...command)).toEqual(ways);
          }
          if (way === "upgrade b") it.write(file, revision("SELECT 1;"));
          else await run(url, "DROP TABLE b");
          const ended = await it.migrate(...way.split(" "));
          expect(ended).toMatchObject({ status: 0 });
          expect(ended.stdout).toBe(
            {
              "upgrade b": "",
              "resume b --restart": isGone
                ? "The upgrade of b is no longer half done\n"
                : 'All statements of b will run again: "migrate upgrade" continues\n',
            }[way] ?? "",
          );
          expect(await statusOf(it)).toEqual([]);
          it.write(file, revision("SELECT 1;"));
          await it.ok("upgrade", "head");
          expect(await versions(url)).toEqual(["b"]);
        }
      }
    },
    longest,
  );

  test(
    `${source.name}: a stamp settles what is half done, even if the database is there already`,
    async () => {
      const cases = [
        ["--detect", ""],
        ["a", "history = false\n"],
        ["base", "history = false\n"],
      ] as const;
      for (const [target, configuration] of cases) {
        await using there = await halfDone(source, configuration);
        const { it, url } = there;
        await run(url, "DROP TABLE b");
        rmSync(join(it.folder, file));
        await it.ok("stamp", target);
        expect(await statusOf(it)).toEqual([]);
        expect(await versions(url)).toEqual(target === "base" ? [] : ["a"]);
        const rows = "SELECT revision FROM migrate_history WHERE direction = 'stamp'";
        expect((await query(url, rows)).length).toBe(1);
        // There is nothing to settle any more.
        await it.ok("stamp", target);
        expect((await query(url, rows)).length).toBe(1);
        await it.ok("stamp", "a");
        await it.ok("upgrade", "head");
        await it.ok("downgrade", "base");
      }
    },
    longest,
  );

  test(
    `${source.name}: a half-done downgrade without its file is settled by resume or by stamp`,
    async () => {
      for (const way of ["resume b --restart", "stamp a"]) {
        await using there = await halfDone(source);
        const { it, url } = there;
        it.write(file, revision("SELECT 1;", "DROP TABLE b;\nVACUUM;\nSELECT no_such_column;"));
        await it.ok("upgrade", "head");
        const below = '"migrate downgrade" to a revision below b';
        expect((await it.migrate("downgrade", "a")).stderr).toContain(
          `The first 2 statements of this revision are done and stay: ${below} continues after them`,
        );
        expect((await it.migrate("upgrade", "b")).stderr).toContain(`Finish it with ${below}; or `);
        rmSync(join(it.folder, file));
        expect(await statusOf(it)).toMatchObject([{ revision: "b", direction: "downgrade" }]);
        expect(await suggested(it, "downgrade", "a")).toEqual(["stamp REVISION"]);
        await it.ok(...way.split(" "));
        expect(await statusOf(it)).toEqual([]);
        if (way === "stamp a") expect(await versions(url)).toEqual(["a"]);
      }
    },
    longest,
  );
}

const [postgres] = databases();

test("a statement in doubt cannot be decided upon without its file", async () => {
  if (postgres === undefined) throw new Error("There is no PostgreSQL");
  await using there = await halfDone(postgres);
  const { it } = there;
  it.write(file, revision("CALL nowhere_to_be_found();"));
  expect((await it.migrate("upgrade", "head")).stderr).toContain('with "migrate resume b"');
  rmSync(join(it.folder, file));
  const shown = await it.ok("resume", "b");
  expect(shown).toContain("  CALL nowhere_to_be_found()\nIts file is gone: restore it, ");
  for (const decision of ["--done", "--again"]) {
    expect((await it.migrate("resume", "b", decision)).stderr).toContain(
      "Cannot continue revision b, which is half done: it has no file\n",
    );
    expect(await suggested(it, "resume", "b", decision)).toEqual(ways);
  }
  await it.ok("resume", "b", "--restart");
  await it.ok("upgrade", "head");
}, longest);
