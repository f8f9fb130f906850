import { expect, test } from "bun:test";
import { databases } from "../servers/fresh_database.ts";
import { type Random, random } from "../sql/random.ts";
import { project } from "./project.ts";
import { query } from "./query.ts";

const longest = 120_000;
const rounds = 6;

/** What means something to SQL, to JavaScript, to COPY, to a URL or to a terminal, and what means nothing. */
const pieces = [
  ...["'", '"', "`", "\\", "$$", "$1", "$tag$", ";", "--", "/*", "*/", "%s", "%", "_", "[", "]"],
  ...[
    "{",
    "}",
    "(",
    ")",
    ":",
    "::",
    "?",
    "\n",
    "\t",
    "\r\n",
    " ",
    ".",
    ",",
    "é",
    "ß",
    "日本",
    "🙂",
  ],
  ...["e\u0301", "a", "B", "select", "DROP TABLE users", "'; DROP TABLE users; --", "\\'", "\x7f"],
] as const;

/** No longer than the 63 bytes that PostgreSQL keeps of a name. */
function anyText(it: Random, longest = 60): string {
  let text = "";
  for (let left = 1 + it.below(7); left > 0; left--) {
    const more = text + it.pick(pieces);
    if (new TextEncoder().encode(more).length > longest) break;
    text = more;
  }
  return text;
}

for (const source of databases().filter((it) => it.kind !== "libsql")) {
  test(`${source.name}: names and literals are quoted whatever they contain`, async () => {
    for (let seed = 1; seed <= rounds; seed++) {
      await using database = await source.fresh();
      const it = random(seed);
      const names = new Set<string>();
      // SQLite's names differ by more than the case of their letters.
      const name = (): string => {
        const made = `${names.size}${anyText(it, 50)}`;
        names.add(made);
        return made;
      };
      const texts = Array.from({ length: 4 }, () => anyText(it));
      const said = {
        versions: name(),
        table: name(),
        renamed: name(),
        column: name(),
        other: name(),
        index: name(),
        check: name(),
        label: anyText(it),
        comment: anyText(it),
        message: anyText(it),
        texts,
      };
      using there = project({ env: { DATABASE_URL: database.url } });
      there.write("migrate.toml", `version_table = ${JSON.stringify(said.versions)}\n`);
      there.write(
        "migrations/versions/1.ts",
        `import { check, column, integer, string } from "migrate";
/* ${said.message.replaceAll("*/", "")} */
export const revision = "one";
export const downRevision = null;
const said = ${JSON.stringify(said)};
const table = { name: said.table };
export function upgrade(op) {
  op.createTable(table,
    column("id", integer(), { primaryKey: true }),
    column(said.column, string(200), { nullable: false, serverDefault: said.texts[0] }),
    check("id > 0", { name: said.check }),
  );
  op.createIndex(said.index, table, [said.column]);
  ${source.kind === "postgres" ? "op.commentTable(table, said.comment);" : ""}
  op.bulkInsert(table, said.texts.map((it, index) => ({ id: index + 1, [said.column]: it })));
  op.bulkInsert(table, [{ id: 100 }]);
  op.renameTable(table, said.renamed);
  op.renameColumn({ name: said.renamed }, said.column, said.other);
  op.run("look", async (db) => {
    for (const [index, it] of said.texts.entries()) {
      const rows = await db.query\`SELECT \${it} AS it\`;
      if (rows[0].it !== it) throw new Error("not what was sent: " + index);
    }
  });
}
`,
      );
      const { status, stderr } = await there.migrate("upgrade", "head");
      if (status !== 0) throw new Error(`seed ${seed}: ${JSON.stringify(said)}\n${stderr}`);
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const rows = await query(
        database.url,
        `SELECT ${quoted(said.other)} AS it FROM ${quoted(said.renamed)} ORDER BY id`,
      );
      expect(rows.map((row) => row["it"])).toEqual([...texts, texts[0]]);
      const versions = await query(database.url, `SELECT * FROM ${quoted(said.versions)}`);
      expect(versions).toEqual([{ version_num: "one" }]);
      if (source.kind === "postgres") {
        const [row] = await query(
          database.url,
          "SELECT obj_description(oid) AS it FROM pg_class WHERE relname LIKE '2%' AND relkind = 'r'",
        );
        expect(row?.["it"]).toBe(said.comment);
      }
    }
  }, longest);
}

for (const source of databases().filter((it) => it.kind !== "postgres")) {
  test(
    `${source.name}: an integer of more than 64 bits is an error that names its line`,
    async () => {
      const statement = `{ sql: "INSERT INTO t VALUES ($1)", parameters: [2n ** 63n] }`;
      for (
        const call of [
          `op.bulkInsert("t", [{ id: 2n ** 63n }])`,
          `op.execute(${statement})`,
          `op.run("insert", (db) => db.query(${statement}))`,
        ]
      ) {
        await using database = await source.fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        const text = `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.execute("CREATE TABLE t (id)");
  ${call};
}
`;
        it.write("migrations/versions/1.ts", text);
        const { status, stderr } = await it.migrate("upgrade", "head");
        expect(status).toBe(1);
        expect(stderr).toContain("Cannot store 9223372036854775808 as an integer");
        expect(stderr).toContain("at migrations/versions/1.ts:5:");
        expect(await query(database.url, "SELECT name FROM sqlite_schema WHERE name = 't'"))
          .toEqual([]);
      }
    },
    longest,
  );
}
