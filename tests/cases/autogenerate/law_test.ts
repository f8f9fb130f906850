import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { isDeepStrictEqual } from "node:util";
import { findColumn } from "../../../lib/schema/lookup.ts";
import { nameConstraints } from "../../../lib/schema/name_constraints.ts";
import type { CompiledStatement, Dialect } from "../../../lib/dialect/dialect.ts";
import { postgres } from "../../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../../lib/dialect/sqlite/dialect.ts";
import { ownTables } from "../../../lib/migrate/own_tables.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { scriptStatement } from "../../../lib/sql/script_statement.ts";
import { related } from "../../autogenerate/related.ts";
import { connect } from "../../driver/connect.ts";
import { creations } from "../../laws/creations.ts";
import { inOrder, inOrderOfReferences } from "../../laws/in_order.ts";
import { databases } from "../../servers/fresh_database.ts";
import { type Project, project } from "../project.ts";

setDefaultTimeout(240_000);

const formats = ["ts", "sql"] as const;

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    const dialect = kind === "postgres" ? postgres : sqlite;
    const count = { postgres: 4, sqlite: 8, libsql: 2 }[kind];

    for (const seed of seedsThatAlter(count, dialect)) {
      test(`autogenerate migrates to the models and back: ${seed}`, async () => {
        await using database = await fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        await it.ok("init", "--quiet");
        const [before, after] = related(seed, dialect.name);
        const format = formats[seed % 2] ?? "ts";
        const first = await step(it, before, format);
        const old = await schemaOf(database.url);
        expect({ first, schema: old }).toEqual({ first, schema: await madeBy(before) });
        const wanted = await madeBy(inOrderOfReferences(after));
        const second = await step(it, inOrderOfReferences(after), format);
        const made = await schemaOf(database.url);
        expect({ second, schema: made }).toEqual({ second, schema: wanted });
        if (second === undefined) return expect(wanted).toEqual(old);
        await it.ok("downgrade", "-1");
        expect({ second, schema: await schemaOf(database.url) }).toEqual({ second, schema: old });
        await it.ok("upgrade", "head");
        expect({ second, schema: await schemaOf(database.url) }).toEqual({ second, schema: made });
      });
    }

    /** Returns the revision that made the database `desired`; undefined if it was already. */
    async function step(
      it: Project,
      desired: Schema,
      format: "ts" | "sql",
    ): Promise<string | undefined> {
      const script = statementsOf(desired).map((one) => scriptStatement(one, dialect.name));
      it.write("schema.sql", script.join(""));
      const models = ["--models", "schema.sql"];
      const { revisions } = JSON.parse(
        await it.ok("revision", "--autogenerate", "--format", format, "--json", ...models),
      );
      await it.ok("upgrade", "head");
      expect(await it.ok("check", ...models)).toBe(noOperations);
      return revisions[0] && it.read(revisions[0].path);
    }

    /** Returns what a database has in which the statements of the models are run. */
    async function madeBy(desired: Schema): Promise<Schema> {
      await using database = await fresh();
      {
        await using connection = await connect(database.url);
        await connection.batch(statementsOf(desired));
      }
      return await schemaOf(database.url);
    }

    function statementsOf(desired: Schema): readonly CompiledStatement[] {
      return creations(desired).flatMap((it) => dialect.compile(it));
    }

    async function schemaOf(url: string): Promise<Schema> {
      await using connection = await connect(url);
      const found = await dialect.introspect(connection, {
        exclude: ownTables({ name: "alembic_version" }),
      });
      return named(dialect.normalize(found));
    }
  });
}

const noOperations = "No new upgrade operations detected.\n";

/** Returns the first `count` seeds for which a column changes that stays where it is, besides anything else. */
function seedsThatAlter(count: number, { name, normalize }: Dialect): readonly number[] {
  const seeds: number[] = [];
  for (let seed = 0; seeds.length < count; seed++) {
    const [before, after] = related(seed, name).map(normalize);
    const isAltered = before?.tables.some((table) =>
      table.columns.some((it) => {
        const made = after && findColumn(after, table, it.name);
        return made !== undefined && !isDeepStrictEqual(made, it);
      })
    );
    if (isAltered) seeds.push(seed);
  }
  return seeds;
}

/** Names the unnamed constraints as the database would. */
function named(schema: Schema): Schema {
  return inOrder({
    ...schema,
    tables: schema.tables.map((it) => ({ ...it, constraints: nameConstraints(it) })),
  });
}
