import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dir, "..");
export const migrate = join(root, "dist/migrate");

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), "migrate-bench-"));
}

export function cleanUp(folder: string, database?: AsyncDisposable): () => Promise<void> {
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await database?.[Symbol.asyncDispose]();
  };
}

export function must(command: readonly string[], cwd: string): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd },
  });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stderr}`);
}

export function timed(command: readonly string[], cwd: string): number {
  const started = performance.now();
  must(command, cwd);
  return performance.now() - started;
}

export function emptyPostgres(url: string, folder: string, statement: string): void {
  must(["psql", "-q", "-c", statement, url], folder);
}
