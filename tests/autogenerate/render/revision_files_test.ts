import { expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { diff } from "../../../lib/autogenerate/diff.ts";
import { renderRevision } from "../../../lib/autogenerate/render/render_revision.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../../lib/dialect/sqlite/dialect.ts";
import { invertAll } from "../../../lib/operations/invert/invert.ts";
import { openScriptDirectory } from "../../../lib/script/script_directory.ts";
import { writeRevision } from "../../../lib/script/write/write_revision.ts";
import { scratch } from "../../script/scratch.ts";
import { related } from "../related.ts";

const root = join(import.meta.dir, "../../..");
const now = new Date("2026-01-08T14:30:00Z");

test("written revisions pass deno fmt, and type-check with the files that init writes", () => {
  using it = scratch();
  mkdirSync(it.path("versions"));
  cpSync(join(root, "templates/migrate.d.ts.template"), it.path("migrate.d.ts"));
  cpSync(join(root, "templates/tsconfig.json.template"), it.path("tsconfig.json"));
  const locations = {
    scriptDirectory: it.root,
    versionLocations: [it.path("versions")],
    recursive: false,
  };
  for (let seed = 0; seed < 120; seed++) {
    const dialect = seed % 2 === 0 ? postgres : sqlite;
    const [before, after] = related(seed, dialect.name).map((one) => dialect.normalize(one));
    if (!before || !after) throw new Error("a pair has two");
    const upgrade = diff(before, after, { rebuildsTables: dialect === sqlite });
    const inverse = invertAll(upgrade.map((operation) => ({ operation })));
    const downgrade = "reason" in inverse ? inverse : inverse.map((one) => one.operation);
    writeRevision(openScriptDirectory(locations), {
      revision: {
        id: `seed${seed}`,
        downRevisions: seed === 0 ? [] : [`seed${seed - 1}`],
        dependsOn: [],
        branchLabels: [],
        message: `seed ${seed}`,
      },
      format: seed % 3 === 0 ? "js" : "ts",
      content: renderRevision({ upgrade, downgrade }),
    }, { naming: { fileTemplate: "%%(rev)s", truncateSlugLength: 40, timezone: "UTC" }, now });
  }
  expect(openScriptDirectory(locations).map.heads).toEqual(["seed119"]);
  const said = (tool: string, ...words: readonly string[]) => {
    const { stdout, stderr } = spawnSync(join(root, "node_modules/.bin", tool), words, {
      cwd: it.root,
      encoding: "utf8",
    });
    return stdout + stderr;
  };
  expect(said("deno", "fmt", "--check", "--quiet", "--line-width", "100", "versions")).toBe("");
  expect(said("tsc", "-p", ".")).toBe("");
}, 60_000);

test("an impossible downgrade is written as a single throw with the reason", () => {
  const drop = { kind: "execute", statement: { sql: "DELETE FROM users" } } as const;
  const downgrade = invertAll([{ operation: drop }]);
  if (!("reason" in downgrade)) throw new Error("SQL of one's own has no inverse");
  expect(renderRevision({ upgrade: [drop], downgrade }).downgrade).toEqual([
    'throw new Error("Cannot downgrade: what plain SQL does is not known");',
  ]);
});
