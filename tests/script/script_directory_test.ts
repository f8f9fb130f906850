import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { openScriptDirectory } from "../../lib/script/script_directory.ts";
import { loadScript } from "../../lib/script/load_script.ts";
import { openSection } from "../../lib/script/open_section.ts";
import { slug } from "../../lib/script/write/slug.ts";
import { writeRevision } from "../../lib/script/write/write_revision.ts";
import { sqlRevision } from "../cases/project.ts";
import { scratch } from "./scratch.ts";
import { toolErrorOf } from "./tool_error_of.ts";

const context = { dialect: "sqlite", x: {}, tag: undefined } as const;

function locationsIn(root: string, folders: readonly string[], recursive = false) {
  return {
    scriptDirectory: root,
    versionLocations: folders.map((it) => `${root}/${it}`),
    recursive,
  };
}

describe("openScriptDirectory()", () => {
  test("reads .ts, .js and .sql in one graph, locations in their order, files by name", () => {
    using it = scratch({
      "a/2.sql": sqlRevision({ id: "two", down: ["one"] }),
      "a/1.ts": `export const revision = "one";\nexport const downRevision = null;\n`,
      "b/3.js": `export const revision = "three";\nexport const downRevision = ["two"];\n`,
      "a/.hidden.sql": "not a revision",
      "a/README.md": "not a revision",
      "a/deep/4.sql": sqlRevision({ id: "four", down: ["three"] }),
      "a/5\nsecond line.sql": sqlRevision({ id: "five", down: ["three"] }),
    });
    const ids = (recursive: boolean) =>
      openScriptDirectory(locationsIn(it.root, ["a", "b"], recursive)).map.revisions.map(({ id }) =>
        id
      );
    expect(ids(false)).toEqual(["one", "two", "five", "three"]);
    expect(ids(true)).toContain("four");
  });

  // Other systems have no such names.
  test.skipIf(process.platform !== "linux").each([
    ["file", `touch $'bad\\xff\\xfename.sql'`],
    ["link", `ln -s 1.sql $'bad\\xff\\xfename.sql'`],
    ["folder", `mkdir $'bad\\xff\\xfename'`],
  ])("refuses a %s whose name is not UTF-8", async (_kind, command) => {
    using it = scratch({ "a/1.sql": sqlRevision({ id: "one" }) });
    const shell = (line: string) => Bun.spawnSync(["bash", "-c", line], { cwd: it.path("a") });
    expect(shell(command).exitCode).toBe(0);
    const error = await toolErrorOf(() => openScriptDirectory(locationsIn(it.root, ["a"], true)));
    expect(error.message).toMatch(/^Cannot read "bad\ufffd+name(\.sql)?": its name is not UTF-8$/);
    expect(error.facts.hint).toStartWith("Rename it");
    shell("rm -r bad*");
  });

  test("reads a file once, even if it is in two locations", () => {
    using it = scratch({ "a/1.sql": sqlRevision({ id: "one" }) });
    mkdirSync(it.path("b"));
    symlinkSync(it.path("a/1.sql"), it.path("b/1.sql"));
    expect(openScriptDirectory(locationsIn(it.root, ["a", "b"])).map.revisions).toHaveLength(1);
  });

  test("reads UTF-8 with a byte order mark and CRLF", () => {
    using it = scratch({
      "a/1.sql": "\uFEFF" +
        sqlRevision({ id: "one", message: "größer", labels: ["l"] }).replaceAll("\n", "\r\n"),
    });
    const { map } = openScriptDirectory(locationsIn(it.root, ["a"]));
    expect(map.revisions[0]).toMatchObject({
      id: "one",
      message: "größer",
      branchLabels: ["l"],
      downRevisions: [],
    });
  });

  test("takes the first other comment of a .sql file as its message, if it has none", () => {
    using it = scratch({
      "a/1.sql": "-- revision: one\n-- down_revision: null\n-- migrate:up\n",
      "a/2.sql": "-- revision: two\n-- about users\n-- down_revision: one\n-- migrate:up\n",
    });
    const { map } = openScriptDirectory(locationsIn(it.root, ["a"]));
    expect(map.revisions.map(({ message }) => message)).toEqual(["", "about users"]);
  });

  test("does not run the revisions", () => {
    using it = scratch({
      "a/1.ts":
        `throw new Error("ran");\nexport const revision = "one";\nexport const downRevision = null;\n`,
    });
    expect(openScriptDirectory(locationsIn(it.root, ["a"])).map.heads).toEqual(["one"]);
  });
});

describe("writeRevision()", () => {
  const naming = (fileTemplate: string) => ({
    fileTemplate,
    truncateSlugLength: 40,
    timezone: "UTC",
  });
  const now = new Date("2026-01-08T14:30:00Z");
  const revision = {
    id: "abc123",
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    message: "Create users, at last",
  };
  const names: readonly (readonly [string, string])[] = [
    [
      "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d_%(rev)s_%(slug)s",
      "20260108_1430_abc123_create_users_at_last.ts",
    ],
    ["%%(slug)s", "create_users_at_last.ts"],
    ["%%(rev)s_%%(slug)s", "abc123_create_users_at_last.ts"],
    ["%%(epoch)s_%%(rev)s", "1767882600_abc123.ts"],
  ];
  for (const [template, name] of names) {
    test(`names the file ${name} for ${template}`, () => {
      using it = scratch();
      mkdirSync(it.path("versions"));
      const directory = openScriptDirectory(locationsIn(it.root, ["versions"]));
      const written = writeRevision(directory, { revision, format: "ts" }, {
        naming: naming(template),
        now,
      });
      expect(readdirSync(it.path("versions"))).toEqual([name]);
      expect(written.revision).toMatchObject({ id: "abc123", message: "Create users, at last" });
      expect(openScriptDirectory(locationsIn(it.root, ["versions"])).map.heads).toEqual(["abc123"]);
    });
  }

  const content = {
    imports: ["column", "text"],
    upgrade: ["op.execute(`first", "second`);", "", 'op.dropTable("a");'],
    downgrade: ["op.createTable(", '  "a",', '  column("b", text()),', ");"],
  };

  test("indents generated code, but not the lines of a string", () => {
    using it = scratch();
    mkdirSync(it.path("versions"));
    const directory = openScriptDirectory(locationsIn(it.root, ["versions"]));
    const lines = { ...content, upgrade: ["op.execute(`first\nsecond`);", "", "op.done();"] };
    const { path } = writeRevision(directory, { revision, format: "ts", content: lines }, {
      naming: naming("%%(slug)s"),
      now,
    });
    expect(readFileSync(path, "utf8").split("\n").slice(5)).toEqual([
      'import { column, type Operations, text } from "migrate";',
      "",
      'export const revision = "abc123";',
      "export const downRevision = null;",
      "export const branchLabels: string[] = [];",
      "export const dependsOn: string[] = [];",
      "",
      "export function upgrade(op: Operations): void {",
      "  op.execute(`first",
      "second`);",
      "",
      "  op.done();",
      "}",
      "",
      "export function downgrade(op: Operations): void {",
      "  op.createTable(",
      '    "a",',
      '    column("b", text()),',
      "  );",
      "}",
      "",
    ]);
  });

  const own =
    "export const revision = ${revision};\nexport const downRevision = ${downRevision};\n";
  for (
    const [place, template] of [
      ["imports", `${own}\${upgrade}\${downgrade}`],
      ["upgrade", `\${imports}${own}\${downgrade} $\${upgrade}`],
      ["downgrade", `\${imports}${own}\${upgrade}`],
    ] as const
  ) {
    test(`refuses a template without \${${place}}, if there is generated content`, async () => {
      using it = scratch({ "revision.ts.template": template });
      mkdirSync(it.path("versions"));
      const directory = openScriptDirectory(locationsIn(it.root, ["versions"]));
      const write = (more: { readonly content?: typeof content }) =>
        writeRevision(directory, { revision, format: "ts", ...more }, {
          naming: naming("%%(slug)s"),
          now,
        });
      expect((await toolErrorOf(() => write({ content }))).message).toBe(
        `Cannot write what was generated with revision.ts.template: it has no \${${place}}`,
      );
      expect(readdirSync(it.path("versions"))).toEqual([]);
      expect(write({}).revision.id).toBe("abc123");
    });
  }

  test("does not overwrite a file", async () => {
    using it = scratch({
      "versions/create_users_at_last.ts": "// mine\n" +
        `export const revision = "x";\nexport const downRevision = null;\n`,
    });
    const directory = openScriptDirectory(locationsIn(it.root, ["versions"]));
    const write = () =>
      writeRevision(directory, { revision, format: "ts" }, { naming: naming("%%(slug)s"), now });
    expect((await toolErrorOf(write)).code).toBe("script/exists");
  });

  test("requires a version path if there are several locations", async () => {
    using it = scratch();
    mkdirSync(it.path("a"));
    mkdirSync(it.path("b"));
    const directory = openScriptDirectory(locationsIn(it.root, ["a", "b"]));
    const write = (versionPath?: string) =>
      writeRevision(directory, { revision, format: "sql" }, {
        naming: naming("%%(slug)s"),
        now,
        versionPath,
      });
    expect((await toolErrorOf(() => write())).message).toBe(
      "Multiple version locations present, please specify --version-path",
    );
    expect((await toolErrorOf(() => write(it.path("c")))).message).toContain(
      "is not represented in current version locations",
    );
    expect(write(it.path("b")).path).toBe(it.path("b/create_users_at_last.sql"));
  });
});

test("slug() cuts a long message at the last word that fits, as Alembic does", () => {
  expect(slug("This is a very long message that should be cut somewhere", 40)).toBe(
    "this_is_a_very_long_message_that_should_",
  );
  expect(slug("größer: 2 × so viel!", 40)).toBe("größer_2_so_viel");
});

describe("loadScript()", () => {
  test("returns the statements of the requested section", async () => {
    using it = scratch({
      "v/1.sql": sqlRevision({
        id: "one",
        up: "CREATE TABLE a (id);\nCREATE TABLE b (id);",
        downSql: "DROP TABLE b;",
      }),
    });
    const directory = openScriptDirectory(locationsIn(it.root, ["v"]));
    expect(await loadScript(directory.file("one"), "upgrade", context)).toEqual({
      kind: "statements",
      statements: [
        { kind: "statement", sql: "CREATE TABLE a (id)", line: 5 },
        { kind: "statement", sql: "CREATE TABLE b (id)", line: 6 },
      ],
    });
    expect(await loadScript(directory.file("one"), "downgrade", context)).toMatchObject({
      statements: [{ sql: "DROP TABLE b" }],
    });
  });

  test("returns a reference to a section of a large file, which is read piece by piece", async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, n) => `INSERT INTO a VALUES (${n}, 'some text; and more of it');`,
    );
    using it = scratch({
      "v/1.sql": sqlRevision({ id: "one", up: rows.join("\n"), downSql: "DELETE FROM a;" }),
    });
    const body = await loadScript(
      openScriptDirectory(locationsIn(it.root, ["v"])).file("one"),
      "upgrade",
      context,
    );
    if (body.kind !== "section") throw new Error(`expected a section, got ${body.kind}`);
    let count = 0;
    for (const piece of openSection(body.section)) if (piece.kind === "statement") count += 1;
    expect(count).toBe(40_000);
  });

  test("refuses a second section of one direction in a large file, too", async () => {
    const up = `CREATE TABLE a (id);\n-- ${"x".repeat(2 ** 20)}\n-- migrate:down\n-- migrate:up`;
    using it = scratch({ "v/1.sql": sqlRevision({ id: "one", up }) });
    const body = await loadScript(
      openScriptDirectory(locationsIn(it.root, ["v"])).file("one"),
      "upgrade",
      context,
    );
    if (body.kind !== "section") throw new Error(`expected a section, got ${body.kind}`);
    const { section } = body;
    expect(() => [...openSection(section)]).toThrow("it has a second -- migrate:up");
  });

  test("records the operations of a module with their lines", async () => {
    using it = scratch({
      "v/1.ts":
        `export const revision = "one";\nexport const downRevision = null;\nexport async function upgrade(op) {\n  op.execute("SELECT 1");\n  op.dropTable("t");\n}\n`,
    });
    const file = openScriptDirectory(locationsIn(it.root, ["v"])).file("one");
    const body = await loadScript(file, "upgrade", context);
    if (body.kind !== "operations") throw new Error(`expected operations, got ${body.kind}`);
    expect(body.operations.map((one) => [one.operation.kind, one.at?.line])).toEqual([[
      "execute",
      4,
    ], ["dropTable", 5]]);
    expect(await loadScript(file, "downgrade", context)).toEqual({ kind: "absent" });
  });
});
