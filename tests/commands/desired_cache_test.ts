import { expect, setDefaultTimeout, test } from "bun:test";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { desiredIn, projectOf } from "./desired.ts";

setDefaultTimeout(60_000);

test("unchanged models come from the cache; changed models or other schemas are loaded anew", async () => {
  await using database = await freshDatabase("postgres");
  const { url } = database;
  using project = await projectOf({ "s.sql": "CREATE TABLE t (a int)" });
  const { folder } = project;
  const context = { ...project.environment.context, env: { XDG_CACHE_HOME: folder } };
  const environment = { ...project.environment, context };
  const names = async (schemas?: readonly string[]) => {
    const config = { ...environment.config, schemas };
    const { tables } = await desiredIn({ ...environment, config }, { url, models: ["s.sql"] });
    return tables.map((it) => it.name);
  };
  expect(await names()).toEqual(["t"]);
  // A change to the cache file shows that the answer comes from there.
  const kept = join(folder, "migrate/schemas");
  const path = join(kept, readdirSync(kept)[0] ?? "");
  const text = readFileSync(path, "utf8").split("\n").slice(1).join("\n").replace('"t"', '"kept"');
  writeFileSync(path, `${createHash("sha256").update(text).digest("hex")}\n${text}`);
  expect(await names()).toEqual(["kept"]);
  expect(await names(["public"])).toEqual(["t"]);
  writeFileSync(join(folder, "s.sql"), "CREATE TABLE u (a int)");
  expect(await names()).toEqual(["u"]);
  writeFileSync(join(folder, "s.sql"), "CREATE TABLE t (a int)");
  expect(await names()).toEqual(["kept"]);
});
