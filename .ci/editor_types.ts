/**
 * Writes `templates/migrate.d.ts.template`, which `init` puts beside the revisions so that editors
 * resolve `import … from "migrate"` with nothing installed: the declarations of what a revision may
 * use, in one file. A test fails if the template differs from what this generates.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dir, "..");
const sources = [
  "sql/statement",
  "sql/template",
  "schema/qualified_name",
  "schema/types",
  "schema/schema",
  "schema/expressions",
  "schema/column_types",
  "schema/constraint_name",
  "schema/column",
  "schema/table",
  "schema/naming",
  "schema/objects",
  "operations/column_change",
  "operations/table_change",
  "operations/operations",
  "autogenerate/models/model_context",
];

/** Returns the text of the template. */
export function editorTypes(): string {
  const folder = mkdtempSync(join(tmpdir(), "migrate-types-"));
  try {
    const files = sources.map((it) => join(root, "lib", `${it}.ts`));
    const flags =
      "--ignoreConfig --declaration --emitDeclarationOnly --target esnext --module preserve --moduleResolution bundler --allowImportingTsExtensions --skipLibCheck --types node"
        .split(" ");
    execFileSync(join(root, "node_modules/.bin/tsc"), [
      ...flags,
      "--rootDir",
      join(root, "lib"),
      "--outDir",
      folder,
      ...files,
    ], { cwd: root });
    const bodies = sources.map((it) =>
      declarations(readFileSync(join(folder, `${it}.d.ts`), "utf8"), isPublished(it))
    );
    return `// Types of what a revision imports from "migrate", for editors. The executable does not read this file.\n` +
      `declare module "migrate" {\n${bodies.join("\n").replace(/^(?=.)/gm, "  ")}\n}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns what says whether mod.ts exports a function of `source`, by its name. */
function isPublished(source: string): (name: string) => boolean {
  const text = readFileSync(join(root, "mod.ts"), "utf8");
  if (text.includes(`export * from "./lib/${source}.ts"`)) return () => true;
  const names = new Set(text.match(/\w+/g));
  return (name) => names.has(name);
}

/** Returns the public declarations in a declaration file, without imports. */
function declarations(text: string, isPublished: (name: string) => boolean): string {
  const statements = text.replace(/^\/\*\*(?:(?!\*\/)[^])*@module\s*\*\/\n/, "")
    .split(/^(?=\/\*\*|export |declare |type |interface |import )/m)
    .filter((it) => !/^(?:import |export (?:type )?\{)/.test(it));
  const joined: string[] = [];
  for (const it of statements) {
    if (
      joined.at(-1)?.startsWith("/**") &&
      !/^(?:export|declare|type|interface)/m.test(joined.at(-1) ?? "")
    ) {
      joined[joined.length - 1] += it;
    } else joined.push(it);
  }
  return joined
    .filter((it) => !/^(?:export )?declare const /m.test(it))
    .filter((it) => {
      const name = /^export declare function (\w+)/m.exec(it)?.[1];
      return name === undefined || isPublished(name);
    })
    .map((it) =>
      it.replace(/^export declare function/m, "export function").replace(/^type /m, "export type ")
    )
    .join("").trim();
}

if (import.meta.main) await Bun.write(join(root, "templates/migrate.d.ts.template"), editorTypes());
