import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const revision = `-- revision: a1b2c3
-- down_revision:
-- migrate:up
CREATE TABLE users (id integer PRIMARY KEY);
-- migrate:down
DROP TABLE users;
`;

/**
 * Runs `executable` as it is run most often, and returns files that record which functions that
 * needed: laid out in this order, they are read from disk together. Everything is in `folder`,
 * which is recreated.
 *
 * https://bun.com/docs/bundler/executables#profile-guided-bytecode-layout
 */
export function recordStarts(executable: string, folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "migrations/versions"), { recursive: true });
  writeFileSync(join(folder, "migrations/versions/a1b2c3_users.sql"), revision);
  const env = { HOME: folder };
  const sqlite = ["--database-url", "sqlite:///app.db"];
  execFileSync(executable, ["-q", "upgrade", "head", ...sqlite], { cwd: folder, env });
  // Nothing listens there; the functions needed to connect are recorded nevertheless.
  const postgres = ["--database-url", "postgres://nobody@127.0.0.1:1/app"];
  return [sqlite, postgres].map((url, index) => {
    const file = join(folder, `${index}.order`);
    const recorded = { cwd: folder, env: { ...env, BUN_BYTECODE_ORDER_OUT: file } };
    spawnSync(executable, ["current", ...url], { ...recorded, stdio: "ignore" });
    return file;
  });
}
