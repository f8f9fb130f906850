import { expect, test } from "bun:test";
import {
  DatabaseError,
  DifferenceError,
  openEnvironment,
  processContext,
  RunError,
  stampVerified,
  upgrade,
} from "../../mod.ts";
import { project, sqlRevision } from "../cases/project.ts";
import { databases, freshDatabase } from "../servers/fresh_database.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

for (const { name, fresh } of databases()) {
  test(`${name}: a program learns what a failed run has committed, and the server's code`, async () => {
    await using database = await fresh();
    using it = project();
    it.write("migrate.toml", "transaction_per_migration = true\n");
    const revision = (id: string, down: readonly string[], up: string) =>
      it.write(`migrations/versions/${id}.sql`, sqlRevision({ id, down, up }));
    revision("a", [], "CREATE TABLE t (id INTEGER PRIMARY KEY);");
    revision("b", ["a"], "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1);");
    const context = { ...processContext(), cwd: it.folder, env: {} };
    const environment = await openEnvironment(context, { databaseUrl: database.url });
    const error = await toolErrorOf(() => upgrade(environment, { target: "head" }));
    if (!(error instanceof RunError)) throw error;
    expect(error.committed).toEqual({
      steps: [{ direction: "upgrade", revision: "a", downRevisions: [], message: "a" }],
      from: [],
      to: ["a"],
    });
    if (!(error.cause instanceof DatabaseError)) throw error.cause;
    const { answer: { sqlState, statement } } = error.cause;
    expect(sqlState).toMatch(/^(?:23505|SQLITE_CONSTRAINT_(?:PRIMARYKEY|UNIQUE))$/);
    expect(statement.sql).toBe("INSERT INTO t VALUES (1)");
  });
}

test("a program learns how a database differs from a revision", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project();
  const up = "CREATE TABLE t (id INTEGER PRIMARY KEY);";
  it.write("migrations/versions/a.sql", sqlRevision({ id: "a", up }));
  const context = { ...processContext(), cwd: it.folder, env: {} };
  const environment = await openEnvironment(context, { databaseUrl: database.url });
  const error = await toolErrorOf(() => stampVerified(environment, { targets: ["a"] }));
  if (!(error instanceof DifferenceError)) throw error;
  expect(error.operations.map((it) => it.operation.kind)).toEqual(["dropTable"]);
});
