/**
 * A program that brings a database up to date before it starts, as a service does at its start.
 *
 *     bun examples/program.ts sqlite:///./app.db examples/beaver/migrate.toml
 *     deno run -A examples/program.ts sqlite:///./app.db examples/beaver/migrate.toml
 */
import process from "node:process";
import { current, openEnvironment, processContext, RunError, upgrade } from "../mod.ts";

const [databaseUrl = "sqlite:///./app.db", config = "migrate.toml"] = process.argv.slice(2);
const environment = await openEnvironment(processContext(), { databaseUrl, config });

try {
  const { steps } = await upgrade(environment, { target: "head" });
  const { revisions } = await current(environment);
  console.log(`${steps.length} steps; now at ${revisions.map((it) => it.revision).join(", ")}`);
} catch (error) {
  if (!(error instanceof RunError)) throw error;
  // With transaction_per_migration, the revisions before the one that failed stay.
  const done = error.committed.steps.map((it) => it.revision);
  console.error(`${error.message}; before it: ${done.join(", ") || "nothing"}`);
  process.exitCode = 1;
}
