import { expect, setDefaultTimeout, test } from "bun:test";
import { dumpSql } from "../../lib/autogenerate/dump_sql.ts";
import { diff } from "../../lib/autogenerate/diff.ts";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { emptySchema, type Schema } from "../../lib/schema/schema.ts";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { connect } from "../driver/connect.ts";
import { databases } from "../servers/fresh_database.ts";
import { make, onEachGround, runAll } from "../laws/ground.ts";
import { inOrderOfReferences } from "../laws/in_order.ts";
import { generateSchema, source } from "../laws/generate_schema.ts";
import { random } from "../sql/random.ts";

setDefaultTimeout(120_000);

onEachGround((kind, current) => {
  const cases = kind === "libsql" ? 8 : 16;

  function normal(schema: Schema): Schema {
    return current().dialect.normalize(schema);
  }

  /** Runs a script on an empty database. */
  async function load(script: string): Promise<void> {
    const ground = current();
    await ground.clear();
    const pieces = splitText(script, ground.dialect.name);
    await runAll(
      ground,
      pieces.flatMap((it) => it.kind === "statement" ? [{ sql: it.sql }] : []),
    );
  }

  test("loading a dump reproduces the schema and the dump", async () => {
    const ground = current();
    for (let seed = 0; seed < cases; seed++) {
      await make(ground, generateSchema(source(random(seed), ground.dialect.name)));
      const schema = await current().read();
      const dump = dumpSql(schema, ground.dialect);
      await load(dump);
      const loaded = await current().read();
      expect({ seed, dump: dumpSql(loaded, ground.dialect) }).toEqual({ seed, dump });
      expect({ seed, left: diff(normal(schema), normal(loaded)) }).toEqual({ seed, left: [] });
    }
  });

  test("the dump does not depend on the order in which the schema was created", async () => {
    const ground = current();
    for (let seed = 0; seed < cases / 2; seed++) {
      const schema = generateSchema(source(random(seed), ground.dialect.name));
      // Constraints without a name are named in the order in which they are made.
      const named = ground.dialect.name === "postgres" ? await make(ground, schema) : schema;
      await make(ground, inOrderOfReferences(named));
      const dump = dumpSql(await current().read(), ground.dialect);
      await make(ground, inOrderOfReferences(backwards(named)));
      expect({ seed, dump: dumpSql(await current().read(), ground.dialect) }).toEqual({
        seed,
        dump,
      });
    }
  });
});

for (const { name, fresh } of databases().filter((it) => it.kind === "postgres")) {
  for (const options of [{}, { schemas: ["public", "ext"] }]) {
    test(`${name}: an extension is created in its schema: ${JSON.stringify(options)}`, async () => {
      await using one = await fresh();
      await using from = await connect(one.url);
      await from.query({
        sql: "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE TABLE t (e ext.citext)",
      });
      const schema = await postgres.introspect(from, options);
      await using other = await fresh();
      await using to = await connect(other.url);
      await to.query({ sql: dumpSql(schema, postgres) });
      expect(await postgres.introspect(to, options)).toEqual(schema);
      for (const it of diff(schema, emptySchema).flatMap((it) => postgres.compile(it))) {
        await to.query(it);
      }
      expect(await postgres.introspect(to, options)).toEqual(emptySchema);
    });
  }
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
