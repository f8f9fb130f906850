import { expect, test } from "bun:test";
import { countItems, type Item, itemsOf } from "../../lib/migrate/journal/items.ts";
import type { Work } from "../../lib/plan/plan.ts";
import { scratch } from "../script/scratch.ts";

/** Reads the data of `item`, which its digest includes. */
async function read(item: Item | undefined): Promise<string> {
  let text = "";
  if (item?.kind === "copy") { for await (const it of item.data()) text += it; }
  return text;
}

/** Returns the digest of the only item of `work`. */
async function digestOf(work: Work): Promise<string | undefined> {
  const [item] = itemsOf([work]);
  await read(item);
  return item?.digest();
}

const copy = (sql: string, ...data: readonly string[]): Work => ({
  kind: "copy",
  statement: { sql },
  data,
});
const code = (summary: string, body: () => Promise<void>): Work => ({
  kind: "body",
  operation: { kind: "run", summary, body },
});
const statement = (sql: string, ...parameters: readonly (bigint | string)[]): Work => ({
  kind: "statement",
  statement: { sql, ...(parameters.length > 0 && { parameters }) },
});
const rename = (to: string, line: number): Work => ({
  kind: "deferred",
  recorded: [{
    operation: { kind: "renameColumn", table: { name: "t" }, column: "a", to },
    at: { file: "1.ts", line },
  }],
});

test("digest() depends on what an item does, and on nothing else", async () => {
  const all = [
    statement("SELECT 1"),
    statement("SELECT $1", "a"),
    statement("SELECT $1", 7n),
    copy("COPY t FROM STDIN", "a\n"),
    copy("COPY t FROM STDIN", "b\n"),
    copy("COPY u FROM STDIN", "a\n"),
    code("a", async () => {}),
    code("b", async () => {}),
    code("a", async () => await Promise.resolve()),
    rename("b", 1),
    rename("c", 1),
  ];
  const digests = await Promise.all(all.map(digestOf));
  expect(new Set(digests).size).toBe(all.length);
  expect(await Promise.all(all.map(digestOf))).toEqual(digests);
  // Neither its line nor the way its data is split changes what it does.
  expect(await digestOf(rename("b", 9))).toBe(digests[9]);
  expect(await digestOf(copy("COPY t FROM STDIN", "a", "\n"))).toBe(digests[3]);
});

test("itemsOf() returns COPY data that can be read again, or skipped", async () => {
  using folder = scratch();
  const path = folder.write(
    "1.sql",
    "-- migrate:up\nCOPY a FROM STDIN;\n1\n2\n\\.\nSELECT 1;\nCOPY b FROM STDIN;\n3\n\\.\n-- migrate:down\n",
  );
  const section: Work = {
    kind: "section",
    section: { path, direction: "upgrade", grammar: "postgres" },
  };
  expect(countItems([section, statement("SELECT 2")])).toBe(4);
  const found: string[] = [];
  for (const item of itemsOf([section])) {
    const [first, digest] = [await read(item), item.digest()];
    expect([await read(item), await read(item), item.digest()]).toEqual([first, first, digest]);
    found.push(`${item.kind} ${item.at?.line} ${first}`);
  }
  const expected = ["copy 2 1\n2\n", "statement 6 ", "copy 7 3\n"];
  expect(found).toEqual(expected);
  expect([...itemsOf([section])].map((it) => it.kind)).toEqual(["copy", "statement", "copy"]);
});
