import { expect, test } from "bun:test";
import deno from "../../deno.json" with { type: "json" };
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { run } from "./query.ts";

/** Two branches that `cccc` merges, one of them labelled, and a last revision that fails. */
function merged(it: Project): void {
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (id INTEGER);`,
    downSql: `DROP TABLE ${name};`,
  });
  const revisions = [
    { id: "aaaa", message: "begin", ...table("a") },
    { id: "bbbb", down: ["aaaa"], labels: ["left"], message: "left", ...table("b") },
    { id: "bbcc", down: ["aaaa"], message: "right", ...table("c") },
    { id: "cccc", down: ["bbbb", "bbcc"], message: "join", ...table("d") },
    { id: "dddd", down: ["cccc"], dependsOn: ["bbbb"], message: "end", up: "SELECT missing;" },
  ];
  for (const revision of revisions) {
    it.write(`migrations/versions/${revision.id}.sql`, sqlRevision(revision));
  }
}

/** What is the same for all that is no head, no base and no merge. */
const plain = {
  dependsOn: [],
  branchLabels: [],
  createDate: null,
  isHead: false,
  isEffectiveHead: false,
  isBase: false,
  isMerge: false,
  isBranchPoint: false,
};
const path = (id: string) => `migrations/versions/${id}.sql`;
const begin = {
  ...plain,
  revision: "aaaa",
  downRevisions: [],
  message: "begin",
  path: path("aaaa"),
  isBase: true,
  isBranchPoint: true,
};
const left = {
  ...plain,
  revision: "bbbb",
  downRevisions: ["aaaa"],
  branchLabels: ["left"],
  message: "left",
  path: path("bbbb"),
};
const right = {
  ...plain,
  revision: "bbcc",
  downRevisions: ["aaaa"],
  message: "right",
  path: path("bbcc"),
};
const join = {
  ...plain,
  revision: "cccc",
  downRevisions: ["bbbb", "bbcc"],
  message: "join",
  path: path("cccc"),
  branchLabels: ["left"],
  isMerge: true,
};
const end = {
  ...plain,
  revision: "dddd",
  downRevisions: ["cccc"],
  dependsOn: ["bbbb"],
  message: "end",
  path: path("dddd"),
  branchLabels: ["left"],
  isHead: true,
};

/** Runs a command with `--json`: its document is all that is on stdout. */
async function json(it: Project, line: string): Promise<readonly [number, unknown]> {
  const { status, stdout } = await it.migrate("--json", ...line.split(" "));
  return [status, JSON.parse(stdout)];
}

const database = { DATABASE_URL: "sqlite:///./app.db" };

test("--json: --version prints an object", async () => {
  using it = project();
  expect(await json(it, "--version")).toEqual([0, { version: deno.version }]);
});

test("--json: heads, history, branches and show print {revisions}, newest first", async () => {
  using it = project({ env: { DATABASE_URL: "postgresql://127.0.0.1:1/not_asked" } });
  merged(it);
  expect(await json(it, "heads")).toEqual([0, { revisions: [end] }]);
  expect(await json(it, "history")).toEqual([0, { revisions: [end, join, right, left, begin] }]);
  expect(await json(it, "history -r bbbb:cccc")).toEqual([0, { revisions: [join, left] }]);
  expect(await json(it, "history -r=-1:")).toEqual([0, { revisions: [end, join] }]);
  expect(await json(it, "branches")).toEqual([0, { revisions: [begin] }]);
  expect(await json(it, "show bbcc")).toEqual([0, { revisions: [right] }]);
});

test("--json: isCurrent is there only if the command reads the database", async () => {
  using it = project({ env: database });
  merged(it);
  expect(await json(it, "current")).toEqual([0, { revisions: [], interrupted: [] }]);
  await it.ok("upgrade", "bbbb");
  const here = { ...left, isCurrent: true };
  expect(await json(it, "current")).toEqual([0, { revisions: [here], interrupted: [] }]);
  expect(await json(it, "current --check-heads")).toEqual([3, {
    revisions: [here],
    interrupted: [],
  }]);
  expect(await json(it, "show current")).toEqual([0, { revisions: [here] }]);
  expect(await json(it, "history -i -r aaaa:bbbb")).toEqual([0, {
    revisions: [here, { ...begin, isCurrent: false }],
  }]);
});

test("--json: a recorded revision that is not on disk has missing: true", async () => {
  await using fresh = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: fresh.url } });
  merged(it);
  await it.ok("stamp", "aaaa");
  await run(fresh.url, "UPDATE alembic_version SET version_num = 'gone'");
  expect(await json(it, "current")).toEqual([0, {
    interrupted: [],
    revisions: [{ revision: "gone", path: null, missing: true }],
  }]);
});

test("--json: a run prints its steps, and the revisions before and after it", async () => {
  using it = project({ env: database });
  merged(it);
  const durationMs = expect.any(Number);
  const steps = [
    { direction: "upgrade", revision: "aaaa", downRevisions: [], message: "begin" },
    { direction: "upgrade", revision: "bbcc", downRevisions: ["aaaa"], message: "right" },
  ];
  const there = { steps, from: [], to: ["bbcc"], durationMs };
  expect(await json(it, "upgrade bbcc --dry-run")).toEqual([0, { dryRun: true, ...there }]);
  expect(await json(it, "upgrade bbcc")).toEqual([0, { dryRun: false, ...there }]);
  expect(await json(it, "upgrade bbcc")).toEqual([0, {
    dryRun: false,
    steps: [],
    from: ["bbcc"],
    to: ["bbcc"],
    durationMs,
  }]);
  expect(await json(it, "downgrade -1")).toEqual([0, {
    dryRun: false,
    steps: [{
      direction: "downgrade",
      revision: "bbcc",
      downRevisions: ["aaaa"],
      message: "right",
    }],
    from: ["bbcc"],
    to: ["aaaa"],
    durationMs,
  }]);
  expect(await json(it, "stamp bbbb bbcc")).toEqual([0, {
    dryRun: false,
    steps: [
      { direction: "stamp", revision: "bbbb", downRevisions: ["aaaa"], message: "" },
      { direction: "stamp", revision: "bbcc", downRevisions: [], message: "" },
    ],
    from: ["aaaa"],
    to: ["bbbb", "bbcc"],
    durationMs,
  }]);
});

test("--json: revision and merge print the revisions that they wrote", async () => {
  using it = project();
  await it.ok("init");
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/);
  const first = {
    ...plain,
    revision: "ab12",
    downRevisions: [],
    message: "one",
    path: expect.stringMatching(/^migrations\/versions\/\d{8}_\d{4}_ab12_one\.ts$/),
    createDate: date,
    isHead: true,
    isBase: true,
  };
  expect(await json(it, "revision -m one --rev-id ab12")).toEqual([0, { revisions: [first] }]);
  for (const lone of ["heads", "ab12", "base"]) {
    expect(await json(it, `merge ${lone}`)).toMatchObject([1, {
      error: { code: "revision/draft" },
    }]);
  }
  expect((await it.migrate("merge", "heads")).stderr).toContain(
    'Cannot merge fewer than two revisions: "heads" is ab12\n',
  );
  await it.ok("revision", "-m", "two", "--rev-id", "cd34");
  await it.ok("revision", "-m", "three", "--rev-id", "ef56", "--head", "ab12", "--splice");
  expect(await json(it, "merge heads -m four --rev-id gh78 --format sql")).toEqual([0, {
    revisions: [{
      ...first,
      revision: "gh78",
      downRevisions: ["cd34", "ef56"],
      message: "four",
      path: expect.stringMatching(/_gh78_four\.sql$/),
      isBase: false,
      isMerge: true,
    }],
  }]);
});

test("--json: the other commands print an object, too", async () => {
  using it = project({ env: { ...database, EDITOR: "true" } });
  expect(await json(it, "init")).toEqual([0, { files: expect.arrayContaining(["migrate.toml"]) }]);
  merged(it);
  expect(await json(it, "list_templates")).toEqual([0, {
    templates: expect.arrayContaining([{ name: "generic", summary: expect.any(String) }]),
  }]);
  expect(await json(it, "edit aaaa")).toEqual([0, { paths: [path("aaaa")] }]);
  expect(await json(it, "ensure_version")).toEqual([0, { versionTable: "alembic_version" }]);
  expect(await json(it, "completion bash")).toEqual([0, {
    shell: "bash",
    script: expect.stringContaining("complete"),
  }]);
});

test("--json: every error is {error} with all keys", async () => {
  using it = project({ env: database });
  merged(it);
  const nothing = { revision: null, file: null, line: null };
  const error = (code: string) => ({
    error: { ...nothing, code, message: expect.any(String), hint: expect.any(String) },
  });
  expect(await json(it, "upgrade nope")).toEqual([1, error("revision/unknown")]);
  expect(await json(it, "upgrade bb")).toEqual([1, error("revision/ambiguous")]);
  expect(await json(it, "upgrad head")).toEqual([2, error("usage")]);
  expect(await json(it, "upgrade head --bogus")).toEqual([2, error("usage")]);
  expect(await json(it, "current --database-url postgresql://127.0.0.1:1/x")).toEqual([
    5,
    error("database/unreachable"),
  ]);
  expect(await json(it, "upgrade head")).toEqual([1, {
    error: {
      code: "database/failed",
      message: expect.stringContaining("no such column: missing"),
      hint: null,
      revision: "dddd",
      file: path("dddd"),
      line: 6,
    },
    steps: [],
    from: [],
    to: [],
  }]);
  it.write("migrations/versions/x.sql", "-- revision: x\n-- down_revison: dddd\n");
  expect(await json(it, "heads")).toEqual([1, {
    error: {
      code: "script/header",
      message: expect.any(String),
      hint: expect.any(String),
      revision: null,
      file: "migrations/versions/x.sql",
      line: 2,
    },
  }]);
});

test("--json: an error after committed steps lists them", async () => {
  using it = project({ env: database });
  merged(it);
  it.write("migrate.toml", "transaction_per_migration = true\n");
  await it.ok("upgrade", "bbbb");
  expect(await json(it, "upgrade head")).toEqual([1, {
    error: expect.objectContaining({ code: "database/failed", revision: "dddd" }),
    steps: [
      { direction: "upgrade", revision: "bbcc", downRevisions: ["aaaa"], message: "right" },
      { direction: "upgrade", revision: "cccc", downRevisions: ["bbbb", "bbcc"], message: "join" },
    ],
    from: ["bbbb"],
    to: ["cccc"],
  }]);
});
