import { expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { executable, type Project, project, sqlRevision } from "./project.ts";

const isRoot = process.getuid?.() === 0;
const user = process.getuid?.() ?? 0;

/** The executable alone in a folder, where it unpacks what SQLite needs. */
function alone(): Project & {
  run(env: Record<string, string>): { stderr: string; status: number };
} {
  const it = project();
  copyFileSync(executable.command[0] ?? "", join(it.folder, "migrate"));
  it.write("migrations/versions/one.sql", sqlRevision({ id: "one" }));
  const run = (env: Record<string, string>) => {
    const { status, stderr } = spawnSync(join(it.folder, "migrate"), ["current"], {
      cwd: it.folder,
      env: { DATABASE_URL: "sqlite:///a.db", ...env },
      encoding: "utf8",
    });
    return { status: status ?? -1, stderr };
  };
  return { ...it, run };
}

const well = {
  status: 0,
  stderr: expect.stringMatching(/^Warning: .* has no version table: .*\n$/),
};

test("SQLite's library is unpacked once to a private folder, and again if damaged", () => {
  using it = alone();
  const run = () => it.run({ TMPDIR: it.folder });
  const folder = join(it.folder, `migrate-${user}`);
  expect(run()).toEqual(well);
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  const [name = "", ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const path = join(folder, name);
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  const { size, ino } = statSync(path);
  expect(run()).toEqual(well);
  expect(statSync(path).ino).toBe(ino);
  truncateSync(path, size - 1000);
  expect(run()).toEqual(well);
  expect(statSync(path).size).toBe(size);
  symlinkSync(join(it.folder, "migrate"), `${path}.link`);
  renameSync(`${path}.link`, path);
  expect(run()).toEqual(well);
  expect(lstatSync(path).isFile()).toBe(true);
  expect(readdirSync(folder)).toEqual([name]);
});

test("SQLite's library is not loaded from a folder that another user can write to", () => {
  using it = alone();
  const base = join(it.folder, "shared");
  mkdirSync(base);
  // Without the sticky bit, others could replace our folder.
  chmodSync(base, 0o777);
  expect(it.run({ TMPDIR: base })).toEqual(well);
  expect(readdirSync(base)).toEqual([]);
  mkdirSync(join(base, "inner"));
  expect(it.run({ TMPDIR: join(base, "inner") })).toEqual(well);
  expect(readdirSync(join(base, "inner"))).toEqual([]);
  rmdirSync(join(base, "inner"));
  // With it, another user may have taken the name, or can write to it: another is used, once.
  chmodSync(base, 0o1777);
  const taken = join(base, `migrate-${user}`);
  mkdirSync(taken);
  const evil = () => writeFileSync(join(taken, "0123456789abcdef.node"), "not ours");
  evil();
  chmodSync(taken, 0o777);
  expect(it.run({ TMPDIR: base })).toEqual(well);
  expect(readdirSync(taken)).toEqual(["0123456789abcdef.node"]);
  expect(readdirSync(base)).toEqual([`migrate-${user}`]);
  if (!isRoot) return;
  chmodSync(taken, 0o755);
  chownSync(taken, 65534, 65534);
  expect(it.run({ TMPDIR: base })).toEqual(well);
  expect(readdirSync(taken)).toEqual(["0123456789abcdef.node"]);
  // Another user's folder, such as HOME under sudo.
  chownSync(base, 65534, 65534);
  chmodSync(base, 0o755);
  expect(it.run({ TMPDIR: base })).toEqual(well);
  expect(readdirSync(base)).toEqual([`migrate-${user}`]);
});

const canUnshare = isRoot &&
  spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

test.skipIf(!canUnshare)(
  "a noexec temporary folder is passed over, and it is an error if all are (needs root to mount)",
  () => {
    const tool = executable.command[0] ?? "";
    const run = (...noexec: readonly string[]) =>
      spawnSync("unshare", [
        "-m",
        "sh",
        "-c",
        [
          "mount -t tmpfs tmpfs /mnt",
          `cp ${tool} /mnt/migrate`,
          ...noexec.map((it) => `mount -t tmpfs -o noexec tmpfs ${it}`),
          "cd /mnt",
          "mkdir -p migrations/versions",
          `exec env -i DATABASE_URL=sqlite:///a.db ./migrate current`,
        ].join(" && "),
      ], { encoding: "utf8" });
    expect(run("/tmp")).toMatchObject(well);
    const { status, stderr } = run("/tmp", "/var/tmp", "/dev/shm");
    expect(status).toBe(5);
    expect(stderr).toMatch(
      /^Error: Cannot load SQLite's library: there is no folder to unpack it into\n {2}\/tmp: .*failed to map segment[^]*\/dev\/shm: [^]*Hint: Set TMPDIR to a folder/,
    );
  },
);
