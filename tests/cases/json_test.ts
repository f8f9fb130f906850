import { expect, test } from "bun:test";
import { project, runners, sqlRevision } from "./project.ts";

const env = { DATABASE_URL: "sqlite:///./app.db" };
const revisionKeys = [
  "branchLabels",
  "createDate",
  "dependsOn",
  "downRevisions",
  "isBase",
  "isBranchPoint",
  "isEffectiveHead",
  "isHead",
  "isMerge",
  "message",
  "path",
  "revision",
];

for (const runner of runners) {
  test(
    `${runner.name}: --json prints one document with the same keys from every command`,
    async () => {
      using it = project({ runner, env });
      it.write(
        "migrations/versions/a.sql",
        sqlRevision({
          id: "aaaa",
          message: "first",
          labels: ["main"],
          up: "CREATE TABLE a (id INTEGER);",
        }),
      );
      it.write(
        "migrations/versions/b.sql",
        sqlRevision({ id: "bbbb", down: ["aaaa"], message: "second" }),
      );
      const json = async (...words: readonly string[]) =>
        JSON.parse(await it.ok(...words, "--json"));
      for (const words of [["heads"], ["history"], ["show", "head"], ["branches"]]) {
        const { revisions, ...rest } = await json(...words);
        expect(rest).toEqual({});
        for (const one of revisions) expect(Object.keys(one).sort()).toEqual(revisionKeys);
      }
      expect((await json("history")).revisions.map((one: { revision: string }) => one.revision))
        .toEqual(["bbbb", "aaaa"]);
      expect(await json("upgrade", "head", "--dry-run")).toEqual({
        dryRun: true,
        steps: [
          { direction: "upgrade", revision: "aaaa", downRevisions: [], message: "first" },
          { direction: "upgrade", revision: "bbbb", downRevisions: ["aaaa"], message: "second" },
        ],
        from: [],
        to: ["bbbb"],
        durationMs: expect.any(Number),
      });
      expect(await json("upgrade", "head")).toMatchObject({
        dryRun: false,
        from: [],
        to: ["bbbb"],
      });
      expect(await json("upgrade", "head")).toMatchObject({
        steps: [],
        from: ["bbbb"],
        to: ["bbbb"],
      });
      const { revisions: [now] } = await json("current");
      expect(now).toMatchObject({
        revision: "bbbb",
        isCurrent: true,
        branchLabels: ["main"],
        path: "migrations/versions/b.sql",
      });
      expect(await json("downgrade", "-1")).toMatchObject({
        steps: [{ direction: "downgrade", revision: "bbbb" }],
        to: ["aaaa"],
      });
      expect(await json("stamp", "head")).toMatchObject({
        steps: [{ direction: "stamp", revision: "bbbb" }],
        to: ["bbbb"],
      });
      const { revisions: [written] } = await json("revision", "-m", "third", "--rev-id", "cccc");
      expect(written).toMatchObject({
        revision: "cccc",
        downRevisions: ["bbbb"],
        message: "third",
        isHead: true,
      });
      const failed = await it.migrate("--json", "upgrade", "zzz");
      expect([failed.status, JSON.parse(failed.stdout)]).toEqual([1, {
        error: {
          code: "revision/unknown",
          message: "Can't locate revision identified by 'zzz'",
          hint: expect.any(String),
          revision: null,
          file: null,
          line: null,
        },
      }]);
      const usage = await it.migrate("upgrade", "--json");
      expect([usage.status, JSON.parse(usage.stdout).error.code]).toEqual([2, "usage"]);
      expect((await it.migrate("current", "-c", "--json")).status).toBe(3);
    },
    60_000,
  );
}

test("a row that is not on disk is told with a null path", async () => {
  using it = project({ env });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa" }));
  await it.ok("upgrade", "head");
  it.write("migrations/versions/a.sql", sqlRevision({ id: "other" }));
  expect(JSON.parse(await it.ok("current", "--json"))).toEqual({
    revisions: [{ revision: "aaaa", path: null, missing: true }],
  });
});
