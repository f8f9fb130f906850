import { expect, test } from "bun:test";
import { createDate, documentation } from "../../lib/script/header/documentation.ts";
import { moduleConstants } from "../../lib/script/header/module_constants.ts";
import { parseModuleHeader } from "../../lib/script/header/parse_module_header.ts";
import { revisionTemplates } from "../../lib/script/write/script_templates.ts";
import { usualHeader } from "../../lib/script/header/usual_header.ts";
import { toolErrorOf } from "./tool_error_of.ts";

const path = "/versions/20260108_1430_aa11_create_users.ts";

const full = `/**
 * create users
 *
 * Create Date: 2026-01-08 14:30:00+01:00
 */
import { column, integer, type Operations } from "migrate";
import * as shared from "./_shared.ts";

export const revision = "aa11";
export const downRevision = null;
export const branchLabels: string[] = ["accounts"];
export const dependsOn: string[] = ["77aa01", "left"];

export function upgrade(op: Operations): void {
  op.createTable("users", column("id", integer(), { primaryKey: true }));
}
`;

test("parseModuleHeader() reads what the template writes", () => {
  const file = parseModuleHeader(full, path);
  expect(file).toMatchObject({
    revision: {
      id: "aa11",
      downRevisions: [],
      dependsOn: ["77aa01", "left"],
      branchLabels: ["accounts"],
      message: "create users",
      path,
    },
    path,
    format: "ts",
    transactional: true,
  });
  expect(createDate(file)).toBe("2026-01-08 14:30:00+01:00");
  expect(documentation(file)).toBe("create users\n\nCreate Date: 2026-01-08 14:30:00+01:00");
});

test("parseModuleHeader() tells a .js file from a .ts file", () => {
  expect(parseModuleHeader(full, "/versions/x.js").format).toBe("js");
});

const headers: Readonly<Record<string, string>> = {
  "single quotes": `export const revision = 'aa11';\nexport const downRevision = 'bb22';`,
  "backticks": "export const revision = `aa11`;\nexport const downRevision = `bb22`;",
  "no semicolons": `export const revision = "aa11"\nexport const downRevision = "bb22"\n`,
  "no spaces": `export const revision="aa11";export const downRevision="bb22";`,
  "let and var": `export let revision = "aa11"; export var downRevision = "bb22";`,
  "type annotations":
    `export const revision: string = "aa11";\nexport const downRevision: string | string[] | null = "bb22";`,
  "as const":
    `export const revision = "aa11" as const;\nexport const downRevision = ["bb22"] as const;`,
  "satisfies":
    `export const revision = "aa11" satisfies string;\nexport const downRevision = "bb22" as string;`,
  "comments anywhere": `/* a */ export const /* no */\n`.slice(0, 8) +
    `export const revision /* b */ = // c "x"\n  "aa11" /* d */; // e\nexport const downRevision = [ // f "x"\n "bb22", /* "y" */ ];`,
  "several lines":
    `export const revision =\n  "aa11";\nexport const downRevision = [\n  "bb22",\n];`,
  "Windows line endings":
    `// x\r\nexport const revision = "aa11";\r\nexport const downRevision = "bb22";\r\n`,
  "another order": `export const downRevision = "bb22";\nexport const revision = "aa11";`,
  "code before": `const quote = /["'\`]/;\nconst text = "export const revision = 1";\n` +
    `export const revision = "aa11";\nexport const downRevision = "bb22";`,
  "a function before":
    "function f() { return `export const revision = 1; ${g({ a: `}` })} \\` export const revision = 2;`; }\n" +
    `export const revision = "aa11";\nexport const downRevision = "bb22";`,
  "constants after upgrade()":
    `export function upgrade(op) { op.execute("it's"); }\nexport const revision = "aa11";\nexport const downRevision = "bb22";`,
  "one declaration": `export const revision = "aa11", downRevision: string[] = ["bb22"];`,
  "one declaration on several lines":
    `export const revision = "aa11" as string // a\n  , branchLabels = [], // b\n  downRevision = "bb22";\n`,
  "other constants": `export const table = { "a": [1] };\nexport const revisionOf = 1;\n` +
    `export const revision = "aa11";\nexport const downRevision = "bb22";`,
};

for (const [name, source] of Object.entries(headers)) {
  test(`parseModuleHeader() reads a header with ${name}`, () => {
    const { id, downRevisions } = parseModuleHeader(source, path).revision;
    expect({ id, downRevisions }).toEqual({ id: "aa11", downRevisions: ["bb22"] });
  });
}

const texts = [
  '`\nexport const revision = "bb22";\n`',
  '`${`\nexport const revision = "bb22";\n`}`',
  `"export const transaction = false"`,
  `/export const revision = "x"/`,
];

for (const text of texts) {
  test(`parseModuleHeader() takes no constant from ${JSON.stringify(text)}`, () => {
    const source = `${full}\nconst text = ${text};\n/* export const transaction = false; */\n`;
    expect(parseModuleHeader(source, path)).toMatchObject({
      revision: { id: "aa11" },
      transactional: true,
    });
  });
}

test("parseModuleHeader() reads transaction anywhere in the file", () => {
  expect(parseModuleHeader(`${full}\nexport const transaction = false;\n`, path).transactional)
    .toBe(false);
});

test("parseModuleHeader() reads timeouts, one or both", () => {
  const header = `${full}\nexport const statementTimeout = "5s";\n`;
  expect(parseModuleHeader(header, path).timeouts).toEqual({ statement: 5000 });
  expect(parseModuleHeader(`${header}export const idleInTransaction = "0";`, path).timeouts)
    .toEqual({ statement: 5000, idleInTransaction: 0 });
  expect(parseModuleHeader(full, path)).not.toHaveProperty("timeouts");
});

const computed: Readonly<Record<string, string>> = {
  "a call": `export const revision = id();`,
  "a sum": `export const revision = "a" + "b";`,
  "a sum on the next line": `export const revision = "a"\n  + "b";`,
  "a template with an expression": "export const revision = `a${b}`;",
  "a variable": `export const revision = other;`,
  "a list with a variable": `export const downRevision = ["a", other];`,
  "a spread": `export const downRevision = [...others];`,
  "a number": `export const revision = 12;`,
  "an escape": String.raw`export const revision = "a\n";`,
  "a sum with comments": `export const revision = /* a */ one + /* b */ "two";`,
  "a call after a comment that has a literal": `export const revision = // "a"\n  id();`,
  "a list with a variable between comments":
    `export const downRevision = ["a", /* b */ c, /* d */ "e"];`,
  "no value": `export const revision: string;`,
};

for (const [name, statement] of Object.entries(computed)) {
  test(`parseModuleHeader() refuses ${name}, with its line`, async () => {
    const error = await toolErrorOf(() => parseModuleHeader(`// x\n\n${statement}\n`, path));
    expect(error).toMatchObject({ code: "script/header", facts: { file: path, line: 3 } });
    expect(error.message).toContain("is not a literal");
  });
}

const misspelt: readonly (readonly [name: string, meant: string])[] = [
  ["depends_on", "dependsOn"],
  ["dependson", "dependsOn"],
  ["branch_labels", "branchLabels"],
  ["branchLabel", "branchLabels"],
  ["down_revision", "downRevision"],
  ["transactional", "transaction"],
  ["statement_timeout", "statementTimeout"],
  ["downgarde", "downgrade"],
  ["down", "downgrade"],
];

for (const [name, meant] of misspelt) {
  test(`parseModuleHeader() refuses an exported ${name}, with its line`, async () => {
    const source = `${full}\n// more\nexport const ${name}: string[] = [];\n`;
    const { code, message, facts } = await toolErrorOf(() => parseModuleHeader(source, path));
    expect([code, facts.line]).toEqual(["script/header", 19]);
    expect(message).toEndWith(`unknown export "${name}"`);
    expect(facts.hint).toStartWith(`Did you mean "${meant}"?`);
  });
}

test("parseModuleHeader() leaves alone what is exported for other files", () => {
  const names = ["upgradeSql", "downgradeUsers", "table", "translation", "labels", "downRows"];
  const source = full + names.map((it) => `export const ${it} = 1;\n`).join("");
  expect(parseModuleHeader(source, path).revision.id).toBe("aa11");
});

test("parseModuleHeader() refuses a declaration of header constants together with others", async () => {
  const source = `export const revision = "a",\n  other = f(), transaction = false;`;
  const error = await toolErrorOf(() => parseModuleHeader(source, path));
  expect(error.message).toContain("a constant of another name is declared together");
  expect(error.facts.line).toBe(1);
});

test("parseModuleHeader() reports a missing revision in Alembic's words", async () => {
  const error = await toolErrorOf(() => parseModuleHeader("export function upgrade() {}\n", path));
  expect(error.message).toStartWith(
    "Could not determine revision id from filename 20260108_1430_aa11_create_users.ts. Be sure the 'revision' variable",
  );
  expect(error.facts.file).toBe(path);
});

test("parseModuleHeader() requires a downRevision, and the right types", async () => {
  const error = await toolErrorOf(() => parseModuleHeader(`export const revision = "a";`, path));
  expect(error.message).toContain("downRevision is missing");
  const wrongs = [
    "downRevision = true",
    "branchLabels = false",
    `transaction = "no"`,
    `statementTimeout = "soon"`,
    "idleInTransaction = true",
  ];
  for (const wrong of wrongs) {
    const source =
      `export const revision = "a";\nexport const downRevision = null;\nexport const ${wrong};`;
    const { code, facts } = await toolErrorOf(() => parseModuleHeader(source, path));
    expect([wrong, code, facts.line]).toEqual([wrong, "script/header", 3]);
  }
});

const comments: Readonly<Record<string, readonly [comment: string, message: string]>> = {
  "one line": ["/** create users */\n", "create users"],
  "a plain block": ["/* create users\n   and more */\n", "create users"],
  "empty lines first": ["/**\n *\n * create users\n */\n", "create users"],
  "line comments": ["// create users\n// and more\n", "create users"],
  "the file name first": [
    "// 20260108_1430_aa11_create_users.ts\n// create users\n",
    "create users",
  ],
  "the file name only": ["// 20260108_1430_aa11_create_users.ts\n", ""],
  "directives for tools first": [
    "// deno-lint-ignore-file\n// @ts-nocheck\n/** create users */\n",
    "create users",
  ],
  "an escaped end": ["/**\n * create *\\/ users\n */\n", "create */ users"],
  "a star": ["/**\n * * users\n */\n", "* users"],
  "Windows line endings": ["/**\r\n * create users\r\n */\r\n", "create users"],
  "no text": ["", ""],
};

for (const [name, [comment, message]] of Object.entries(comments)) {
  test(`parseModuleHeader() finds the message in a comment with ${name}`, () => {
    const source = `${comment}export const revision = "aa11";\nexport const downRevision = null;\n`;
    expect(parseModuleHeader(source, path).revision.message).toBe(message);
  });
}

test("usualHeader() reads what the JavaScript template makes", () => {
  const source = revisionTemplates.js.replace("${imports}\n", "")
    .replace("${revision}", '"a"').replace("${downRevision}", "null").replace(
      /\$\{\w+\};/g,
      '["x"];',
    );
  expect(usualHeader(source)).toMatchObject({ id: "a", branchLabels: ["x"], dependsOn: ["x"] });
});

test("usualHeader() agrees with the parser on everything that it reads", () => {
  let usual = 0;
  for (const source of variations()) {
    const quick = usualHeader(source);
    if (quick === undefined) continue;
    usual++;
    const { comment: _, ...constants } = quick;
    expect([source, constants]).toEqual([source, moduleConstants(source, path)]);
  }
  expect(usual).toBeGreaterThan(100);
});

/** All combinations of these parts, some of which are laid out like the templates. */
function* variations(): Iterable<string> {
  const between = "/* a */\nexport const transaction = false;\n/* b */\n";
  for (const top of ["", "/** a */\n", "// a\n", "/* a */ /* b */\n", between]) {
    for (const imports of ["", `import { a } from "b";\n`, `import "b"\n`]) {
      for (const down of [`null`, `"a"`, `["a", "b"]`, `["a",]`, `[]`, `: string[] = ["a"]`]) {
        for (
          const label of [
            "",
            `export const branchLabels: string[] = ["x"];\n`,
            `export const branchLabels = "x";\n`,
            `/** @type {string[]} */\nexport const branchLabels = ["x"];\n`,
          ]
        ) {
          for (
            const end of ["", "export function upgrade() {}\n", "export const dependsOn = ['c'];\n"]
          ) {
            const assigned = down.startsWith(":") ? down : ` = ${down}`;
            yield `${top}${imports}export const revision = "r";\nexport const downRevision${assigned};\n${label}${end}`;
          }
        }
      }
    }
  }
}
