import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../script/scratch.ts";

const root = join(import.meta.dirname, "../..");

/** Each takes as long to load as half of the whole command. */
const slow = /^import (?!type)[^;]*"node:(?:child_process|crypto|http|net|stream|tls|util)/m;

test("current and upgrade load no slow modules, and current no dialect", () => {
  using files = scratch({
    "migrate.toml": `database_url = "sqlite:///./app.db"\n`,
    "migrations/versions/a.sql": "-- revision: a\n-- down_revision: null\n-- migrate:up\n",
  });
  const cwd = files.root;
  const listed = files.path("modules.txt");
  const list = join(import.meta.dirname, "list_modules.ts");
  const command = (...argv: readonly string[]) => {
    const { exitCode, stdout } = Bun.spawnSync(
      [process.execPath, "--preload", list, join(root, "cli.ts"), ...argv],
      { cwd, env: { PATH: process.env["PATH"], MODULES: listed }, stderr: "inherit" },
    );
    expect(exitCode).toBe(0);
    return String(stdout);
  };
  command("-q", "upgrade", "head");
  const upgrade = readFileSync(listed, "utf8");
  expect(command("current")).toBe("a (head)\n");
  const loaded = readFileSync(listed, "utf8").slice(upgrade.length).trim().split("\n");
  expect(loaded).toContain(join(root, "lib/driver/sqlite/sqlite.ts"));
  expect(loaded.filter((it) => it.includes("/lib/dialect/"))).toEqual([]);
  for (const all of [loaded, upgrade.trim().split("\n")]) {
    expect(all.filter((it) => slow.test(readFileSync(it, "utf8")))).toEqual([]);
  }
});
