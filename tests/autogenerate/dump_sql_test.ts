import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { dumpSql } from "../../lib/autogenerate/dump_sql.ts";
import { diff } from "../../lib/autogenerate/diff.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { splitText } from "../../lib/sql/split_script.ts";
import { type Ground, groundOf, make, runAll } from "../laws/ground.ts";
import { inOrderOfReferences } from "../laws/in_order.ts";
import { generateSchema, source } from "../laws/generate_schema.ts";
import { databases, type TestDatabase } from "../servers/fresh_database.ts";
import { random } from "../sql/random.ts";

setDefaultTimeout(120_000);

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    const cases = kind === "libsql" ? 30 : 60;
    let database: TestDatabase;
    let ground: Ground;

    beforeAll(async () => {
      database = await fresh();
      ground = await groundOf(kind, database.url);
    });
    afterAll(async () => {
      await ground[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    function read(): Promise<Schema> {
      return ground.dialect.introspect(ground.connection);
    }

    function normal(schema: Schema): Schema {
      return ground.dialect.normalize(schema);
    }

    /** Runs a script on an empty database. */
    async function load(script: string): Promise<void> {
      await ground.clear();
      const pieces = splitText(script, ground.dialect.name);
      await runAll(
        ground,
        pieces.flatMap((it) => it.kind === "statement" ? [{ sql: it.sql }] : []),
      );
    }

    test("what a dump is loaded into has what was dumped, and the same dump", async () => {
      for (let seed = 0; seed < cases; seed++) {
        await make(ground, generateSchema(source(random(seed), ground.dialect.name)));
        const schema = await read();
        const dump = dumpSql(schema, ground.dialect);
        await load(dump);
        const loaded = await read();
        expect({ seed, dump: dumpSql(loaded, ground.dialect) }).toEqual({ seed, dump });
        expect({ seed, left: diff(normal(schema), normal(loaded)) }).toEqual({ seed, left: [] });
      }
    });

    test("the same schema, made in another order, has the same dump", async () => {
      for (let seed = 0; seed < cases / 2; seed++) {
        const schema = generateSchema(source(random(seed), ground.dialect.name));
        // Constraints without a name are named in the order in which they are made.
        const named = ground.dialect.name === "postgres" ? await make(ground, schema) : schema;
        await make(ground, inOrderOfReferences(named));
        const dump = dumpSql(await read(), ground.dialect);
        await make(ground, inOrderOfReferences(backwards(named)));
        expect({ seed, dump: dumpSql(await read(), ground.dialect) }).toEqual({ seed, dump });
      }
    });
  });
}

function backwards(schema: Schema): Schema {
  const later = (kind: string) => kind === "trigger" ? 1 : 0;
  return {
    enums: schema.enums.toReversed(),
    objects: schema.objects.toReversed().sort((a, b) => later(a.kind) - later(b.kind)),
    tables: schema.tables.toReversed().map((it) => ({
      ...it,
      constraints: it.constraints.toReversed(),
      indexes: it.indexes.toReversed(),
    })),
  };
}
