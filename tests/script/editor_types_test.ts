import { expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { editorTypes } from "../../.ci/editor_types.ts";

const root = join(import.meta.dir, "../..");

test("the types that init writes for editors match the sources", async () => {
  expect(await Bun.file(join(root, "templates/migrate.d.ts.template")).text()).toBe(editorTypes());
}, 30_000);

test("the examples' revisions type-check with only the files that init writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "migrate-types-"));
  try {
    cpSync(join(root, "templates/migrate.d.ts.template"), join(folder, "migrate.d.ts"));
    cpSync(join(root, "templates/tsconfig.json.template"), join(folder, "tsconfig.json"));
    for (const path of new Bun.Glob("examples/*/*/versions/*.ts").scanSync(root)) {
      cpSync(join(root, path), join(folder, path));
    }
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
