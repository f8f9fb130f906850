import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Project, project, sqlRevision } from "./project.ts";

const versions = "migrations/versions";

/** A directory whose files are not a valid graph, and what every command says about it. */
const defects: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>> | ((it: Project) => void);
  readonly says: readonly string[];
}[] = [
  {
    name: "a missing parent",
    files: { "b.sql": sqlRevision({ id: "b", down: ["gone"] }) },
    says: ["gone", "b.sql"],
  },
  {
    name: "a missing dependency",
    files: { "b.sql": sqlRevision({ id: "b", dependsOn: ["gone"] }) },
    says: ["gone", "b.sql"],
  },
  {
    name: "two files with the same id",
    files: { "b.sql": sqlRevision({ id: "same" }), "c.sql": sqlRevision({ id: "same" }) },
    says: ["same", "b.sql", "c.sql"],
  },
  {
    name: "a cycle",
    files: {
      "b.sql": sqlRevision({ id: "b", down: ["c"] }),
      "c.sql": sqlRevision({ id: "c", down: ["b"] }),
    },
    says: ["Cycle is detected in revisions", "b.sql", "c.sql"],
  },
  {
    name: "a revision that is its own parent",
    files: { "b.sql": sqlRevision({ id: "b", down: ["b"] }) },
    says: ["Self-loop is detected in revisions", "b.sql"],
  },
  {
    name: "a dependency cycle",
    files: {
      "b.sql": sqlRevision({ id: "b", dependsOn: ["c"] }),
      "c.sql": sqlRevision({ id: "c", dependsOn: ["b"] }),
    },
    says: ["Dependency cycle is detected in revisions", "b.sql", "c.sql"],
  },
  {
    name: "a duplicate branch label",
    files: {
      "b.sql": sqlRevision({ id: "b", labels: ["x"] }),
      "c.sql": sqlRevision({ id: "c", labels: ["x"] }),
    },
    says: ["x", "b.sql", "c.sql"],
  },
  {
    name: "a reserved word as a branch label",
    files: { "b.sql": sqlRevision({ id: "b", labels: ["head"] }) },
    says: ["Cannot use 'head' as a branch label", "b.sql"],
  },
  {
    name: "a branch label with a reserved character",
    files: { "b.sql": sqlRevision({ id: "b", labels: ["a@b"] }) },
    says: ["Character(s) '@' not allowed in branch label 'a@b'", "b.sql"],
  },
  {
    name: "an id with a reserved character",
    files: { "b.sql": sqlRevision({ id: "1111-aaaa" }) },
    says: ["Character(s) '-' not allowed in revision identifier '1111-aaaa'", "b.sql"],
  },
  {
    name: "an id too long for the version table",
    files: { "b.sql": sqlRevision({ id: "a".repeat(33) }) },
    says: ["33", "32", "b.sql"],
  },
  {
    name: "a file without a revision id",
    files: { "b.ts": "export const downRevision = null;\n" },
    says: ["Could not determine revision id from filename b.ts", "b.ts"],
  },
  {
    name: "a header that is not a literal",
    files: { "b.ts": `export const revision = ["b"].join();\nexport const downRevision = null;\n` },
    says: ["b.ts:1"],
  },
  {
    name: "a misspelled header key",
    files: { "b.sql": "-- revision: b\n-- down_revison: null\n-- migrate:up\n" },
    says: ["down_revision", "b.sql:2"],
  },
  {
    name: "a .sql file without sections",
    files: { "b.sql": "-- revision: b\n-- down_revision: null\nSELECT 1;\n" },
    says: ["migrate:up", "b.sql"],
  },
  {
    name: "a .sql file with migrate:down first",
    files: {
      "b.sql":
        "-- revision: b\n-- down_revision: null\n-- migrate:down\nDROP TABLE t;\n-- migrate:up\n",
    },
    says: ["migrate:down comes first", "b.sql:3"],
  },
  { name: "an empty file", files: { "b.sql": "" }, says: ["b.sql"] },
  { name: "a binary file", files: { "b.ts": "\0\x01\x02" }, says: ["NUL", "b.ts"] },
  {
    name: "a file that is not UTF-8",
    files: (it) =>
      writeFileSync(join(it.folder, versions, "b.sql"), new Uint8Array([45, 45, 32, 255, 254, 10])),
    says: ["not UTF-8", "b.sql"],
  },
  {
    name: "a directory named like a revision file",
    files: (it) => mkdirSync(join(it.folder, versions, "b.sql")),
    says: ["b.sql"],
  },
  {
    name: "a dangling symbolic link",
    files: (it) => symlinkSync("nowhere.sql", join(it.folder, versions, "b.sql")),
    says: ["b.sql"],
  },
];

for (const { name, files, says } of defects) {
  test(`with ${name}, every command fails with a short error and changes nothing`, async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
    mkdirSync(join(it.folder, versions), { recursive: true });
    if (typeof files === "function") files(it);
    else for (const [path, text] of Object.entries(files)) it.write(`${versions}/${path}`, text);
    const before = readdirSync(it.folder, { recursive: true });
    for (
      const words of [
        "heads",
        "history",
        "current",
        "upgrade head",
        "downgrade base",
        "stamp head",
        "revision -m x",
      ]
    ) {
      const { status, stdout, stderr } = await it.migrate(...words.split(" "));
      expect({ words, status, stdout }).toEqual({ words, status: 1, stdout: "" });
      for (const said of says) expect(stderr).toContain(said);
      expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
      expect(stderr).not.toContain("Unexpected failure");
    }
    expect(readdirSync(it.folder, { recursive: true })).toEqual(before);
  }, 30_000);
}

/** Mistakes that are found only when the script is run, but before the database is touched. */
const mistakes: readonly {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly says: readonly string[];
}[] = [
  {
    name: "a syntax error",
    file: "b.ts",
    text:
      `export const revision = "b";\nexport const downRevision = null;\nexport function upgrade(op) { op.execute( }\n`,
    says: ["b.ts:3"],
  },
  {
    name: "a missing upgrade function",
    file: "b.ts",
    text: `export const revision = "b";\nexport const downRevision = null;\n`,
    says: ["upgrade", "b.ts"],
  },
  {
    name: "an exception in the upgrade function",
    file: "b.ts",
    text:
      `export const revision = "b";\nexport const downRevision = null;\nexport function upgrade(op) {\n  throw new Error("oh no");\n}\n`,
    says: ["oh no", "b.ts:4"],
  },
  {
    name: "an unterminated string",
    file: "b.sql",
    text: sqlRevision({ id: "b", up: "SELECT 'x;" }),
    says: ["b.sql:5"],
  },
  {
    name: "an operation that SQLite cannot do",
    file: "b.ts",
    text:
      `export const revision = "b";\nexport const downRevision = null;\nexport function upgrade(op) {\n  op.alterColumn("t", "c", { identity: "always" });\n}\n`,
    says: ["on SQLite", "b.ts:4"],
  },
];

for (const { name, file, text, says } of mistakes) {
  test(`${name} is reported with its file before the database is touched`, async () => {
    using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
    it.write(`${versions}/a.sql`, sqlRevision({ id: "a", up: "CREATE TABLE a (id INTEGER);" }));
    it.write(
      `${versions}/${file}`,
      text.replace("downRevision = null", `downRevision = "a"`).replace(
        "down_revision: null",
        "down_revision: a",
      ),
    );
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    for (const said of says) expect(stderr).toContain(said);
    expect(stderr).not.toContain("Unexpected failure");
    expect(existsSync(join(it.folder, "app.db"))).toBe(false);
    expect(await it.ok("heads")).toBe("b (head)\n");
  }, 30_000);
}
