import { expect, test } from "bun:test";
import { schemaReplay } from "../../lib/migrate/schema_replay.ts";
import { openScriptDirectory } from "../../lib/script/script_directory.ts";
import { type Scratch, scratch } from "../script/scratch.ts";

/** Writes a revision that creates an enum named after it, and records in `ran` that it ran. */
function write(files: Scratch, id: string, down: readonly string[], ran: string): void {
  files.write(
    `versions/${id}.js`,
    `export const revision = "${id}";
export const downRevision = ${JSON.stringify(down)};
export function upgrade(op) {
  (globalThis["${ran}"] ??= []).push("${id}");
  op.createEnum("${id}", ["x"]);
}
`,
  );
}

/** Returns a function that lists the enums at revisions. */
function replayOf(files: Scratch): (...revisions: readonly string[]) => Promise<unknown> {
  const directory = openScriptDirectory({
    scriptDirectory: files.root,
    versionLocations: [files.path("versions")],
    recursive: false,
  });
  const operations = { dialect: "postgres", x: {}, tag: undefined } as const;
  const replay = schemaReplay({ directory, operations });
  return async (...revisions) => {
    const found = await replay(revisions);
    return "opaque" in found ? found.opaque : found.enums.map((it) => it.name).sort();
  };
}

function timesRan(ran: string): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(Reflect.get(globalThis, ran) as readonly string[], (it) => it);
}

test("schemaReplay() lists the schema at several revisions without repeating the way there", async () => {
  using files = scratch();
  const ran = `ran ${files.root}`;
  write(files, "a", [], ran);
  write(files, "b", ["a"], ran);
  write(files, "c", ["a"], ran);
  write(files, "d", ["b", "c"], ran);
  const enumsAt = replayOf(files);
  expect(await enumsAt("d")).toEqual(["a", "b", "c", "d"]);
  expect(await enumsAt("b")).toEqual(["a", "b"]);
  expect(await enumsAt("b", "c")).toEqual(["a", "b", "c"]);
  expect(await enumsAt()).toEqual([]);
  const times = timesRan(ran);
  expect([times.get("a")?.length, times.get("d")?.length]).toEqual([1, 1]);
});

test("schemaReplay() runs each of many revisions at most twice on the way down", async () => {
  using files = scratch();
  const ran = `ran ${files.root}`;
  const ids = Array.from({ length: 400 }, (_, n) => `r${String(n).padStart(3, "0")}`);
  for (const [n, id] of ids.entries()) write(files, id, ids.slice(Math.max(n - 1, 0), n), ran);
  const enumsAt = replayOf(files);
  for (const [n, id] of [...ids.entries()].reverse()) {
    expect(await enumsAt(id)).toEqual(ids.slice(0, n + 1));
  }
  expect(Math.max(...[...timesRan(ran).values()].map((it) => it.length))).toBeLessThanOrEqual(2);
});

test.each([
  [
    'op.createView("v", "SELECT 1"); op.createView("w", "SELECT * FROM v")',
    'op.dropView("v"',
    '"v"',
  ],
  ['op.createDomain("d", "text"); op.createTable("t", d)', 'op.dropDomain("d"', '"d"'],
  ['op.createExtension("citext")', 'op.dropExtension("citext"', '"citext"'],
  [
    'op.createTable("t", a); op.createView("v", "SELECT * FROM t")',
    'op.autocommitBlock(() => op.dropTable("t", { cascade: true })); op.dropTable("none"',
    '"t"',
  ],
])("schemaReplay() knows no more after %s; %s with cascade", async (make, drop, what) => {
  using files = scratch();
  files.write(
    "versions/a.js",
    `export const revision = "a";
export const downRevision = null;
const a = { kind: "column", column: { name: "a", type: { kind: "integer", bits: 32 }, nullable: true }, constraints: [] };
const d = { ...a, column: { ...a.column, type: { kind: "native", sql: "d" } } };
export function upgrade(op) { ${make}; ${drop}, { cascade: true }); }
`,
  );
  expect(await replayOf(files)("a")).toBe(
    `revision a drops ${what} with CASCADE, and what else went with it only the database knows`,
  );
});

test("schemaReplay() follows what CASCADE certainly drops", async () => {
  using files = scratch();
  files.write(
    "versions/a.js",
    `export const revision = "a";
export const downRevision = null;
export function upgrade(op) {
  op.createSchema("app");
  op.createEnum("app.mood", ["x"]);
  op.createEnum("kept", ["x"]);
  op.createView("v", "SELECT 1");
  op.dropView("v", { cascade: true });
  op.dropSchema("app", { cascade: true });
}
`,
  );
  expect(await replayOf(files)("a")).toEqual(["kept"]);
});
