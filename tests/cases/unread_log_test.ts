import { expect, test } from "bun:test";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { until } from "../until.ts";
import { executable, type Project, project, sqlRevision } from "./project.ts";
import { versions } from "./query.ts";

const longest = 30_000;
const url = "sqlite:///./app.db";
const numbers = Array.from({ length: 30 }, (_, n) => String(n + 10));

/** A project whose log is twice what a pipe holds. */
function talkative(): Project {
  const it = project({ env: { DATABASE_URL: url } });
  for (const n of numbers) {
    const down = n === "10" ? [] : [`r${Number(n) - 1}`];
    const message = `${n}${"-".repeat(4000)}${n}`;
    it.write(`migrations/versions/${n}.sql`, sqlRevision({ id: `r${n}`, down, message }));
  }
  return it;
}

/** A run whose log goes to a pipe that is open for reading, at `log`, and that nobody reads. */
function start(it: Project): { readonly child: ChildProcess; readonly log: number } & Disposable {
  execFileSync("mkfifo", ["log"], { cwd: it.folder });
  const log = openSync(join(it.folder, "log"), "r+");
  const [command = "", ...words] = [...executable.command, "upgrade", "head"];
  const child = spawn(command, words, {
    cwd: it.folder,
    env: { DATABASE_URL: url },
    stdio: ["ignore", "ignore", log],
  });
  return {
    child,
    log,
    [Symbol.dispose]: () => {
      child.kill("SIGKILL");
      closeSync(log);
    },
  };
}

const atHead = (it: Project) => async () =>
  (await versions(`sqlite:///${it.folder}/app.db`).catch(() => []))[0] === `r${numbers.at(-1)}`;

test("a run does its work though nobody reads its log, of which nothing is lost", async () => {
  using it = talkative();
  using run = start(it);
  const exited = once(run.child, "exit");
  await until(atHead(it));
  const buffer = new Uint8Array(2 ** 16);
  const decoder = new TextDecoder();
  let said = "";
  while (!said.includes(`-${numbers.at(-1)}`)) {
    said += decoder.decode(buffer.subarray(0, readSync(run.log, buffer)), { stream: true });
  }
  expect(await exited).toEqual([0, null]);
  const lines = said.match(/^Running upgrade .*$/gm) ?? [];
  expect(lines.map((line) => line.slice(-2))).toEqual(numbers);
}, longest);

test("a run that waits only for the reader of its log ends when told to", async () => {
  using it = talkative();
  using run = start(it);
  const exited = once(run.child, "exit");
  await until(atHead(it));
  run.child.kill("SIGTERM");
  const [status] = await exited;
  expect([0, 130]).toContain(status); // 130 if the signal was before the end of the run
}, longest);
