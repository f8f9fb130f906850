import { expect, test } from "bun:test";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { executable, project } from "./project.ts";

test(
  "the executable alone, in an empty directory and an empty environment, sets a project up and migrates it",
  async () => {
    await using postgres = await freshDatabase("postgres");
    const folder = mkdtempSync(join(tmpdir(), "migrate-alone-"));
    try {
      copyFileSync(executable.command[0] ?? "", join(folder, "migrate"));
      const migrate = (...words: readonly string[]) => {
        const { stdout, stderr, exitCode } = Bun.spawnSync(["./migrate", ...words], {
          cwd: folder,
          env: {},
          timeout: 20_000,
        });
        if (exitCode !== 0) throw new Error(`${words.join(" ")}: ${stdout}${stderr}`);
        return `${stdout}`;
      };
      migrate("init");
      migrate("revision", "-m", "create users", "--rev-id", "5e1db40d8352");
      migrate("revision", "-m", "and in SQL", "--rev-id", "77aa01", "--format", "sql");
      const versions = join(folder, "migrations/versions");
      const [ts = "", sql = ""] = readdirSync(versions).sort((a, b) =>
        Number(a.endsWith(".sql")) - Number(b.endsWith(".sql"))
      );
      expect(ts).toMatch(/^\d{8}_\d{4}_5e1db40d8352_create_users\.ts$/);
      writeFileSync(
        join(versions, ts),
        `/** create users */
      import { column, integer, now, string, timestamp, type Operations } from "migrate";
      export const revision = "5e1db40d8352";
      export const downRevision = null;
      export function upgrade(op: Operations): void {
        op.createTable("users",
          column("id", integer(), { primaryKey: true }),
          column("email", string(255), { nullable: false, unique: true }),
          column("created_at", timestamp({ timezone: true }), { serverDefault: now() }),
        );
      }
      export function downgrade(op: Operations): void { op.dropTable("users"); }`,
      );
      expect(existsSync(join(versions, sql))).toBe(true);
      for (const url of ["sqlite:///./app.db", postgres.url]) {
        migrate("upgrade", "head", "--database-url", url);
        expect(migrate("current", "--database-url", url)).toBe("77aa01 (head)\n");
        migrate("downgrade", "base", "--database-url", url);
      }
      expect(migrate("--version")).toMatch(/^migrate \d+\.\d+\.\d+\n$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);

test("Bun's own .env and bunfig.toml are not read; the project's .env is", async () => {
  using it = project();
  it.write("bunfig.toml", `preload = ["./evil.ts"]\n`);
  it.write("evil.ts", `console.log("preloaded");\n`);
  it.write("inner/migrate.toml", "");
  it.write("inner/migrations/versions/.keep", "");
  it.write("inner/.env", "DATABASE_URL=sqlite:///./inner.db\n");
  it.write(".env", "DATABASE_URL=sqlite:///./outer.db\n");
  const { stdout } = await it.migrate("-c", "inner/migrate.toml", "upgrade", "heads");
  expect(stdout).toBe("");
  expect(existsSync(join(it.folder, "inner/inner.db"))).toBe(true);
  expect(existsSync(join(it.folder, "outer.db"))).toBe(false);
});

test("the project's own template is used, and one that would brick the directory writes nothing", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  await it.ok("init");
  const template =
    readdirSync(join(it.folder, "migrations")).find((name) => name.startsWith("revision.ts")) ?? "";
  const text = it.read(`migrations/${template}`);
  it.write(`migrations/${template}`, `// by our house rules\n${text}`);
  const written = (await it.ok("revision", "-m", "x", "--rev-id", "aaaa")).replace(
    /^Generating (.*) \.\.\. {2}done\n$/,
    "$1",
  );
  expect(it.read(written)).toStartWith("// by our house rules");
  it.write(`migrations/${template}`, "nothing of use");
  const { status, stderr } = await it.migrate("revision", "-m", "y");
  expect(status).toBe(1);
  expect(stderr).toContain(template);
  expect(await it.ok("heads")).toBe("aaaa (head)\n");
});

test("completion scripts are valid for their shells", async () => {
  using it = project();
  it.write("bash", await it.ok("completion", "bash"));
  expect(Bun.spawnSync(["bash", "-n", join(it.folder, "bash")]).exitCode).toBe(0);
  expect(await it.ok("completion", "zsh")).toContain("#compdef migrate");
  expect(await it.ok("completion", "fish")).toContain("complete -c migrate");
  expect((await it.migrate("completion", "csh")).status).toBe(2);
});
