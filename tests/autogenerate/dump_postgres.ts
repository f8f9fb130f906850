import { execFileSync } from "node:child_process";
import { join } from "node:path";

/**
 * Returns what `pg_dump --schema-only` prints for each of `schemas`, without its name: the statements,
 * sorted, with the columns of each table sorted as well. A statement that names none of them is in all.
 */
export function dumpSchemas(
  binaries: string,
  url: string,
  schemas: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const text = execFileSync(join(binaries, "pg_dump"), ["--schema-only", "--no-owner", url], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const statements = text.replaceAll(/^(--|SET |SELECT pg_catalog|\\).*\n/gm, "").split(/;\n\n+/)
    .map((it) => it.trim());
  const bySchema = Map.groupBy(statements, (it) => /\bcase_\d+\b/.exec(it)?.[0]);
  return new Map(schemas.map((schema) => {
    const all = [...bySchema.get(schema) ?? [], ...bySchema.get(undefined) ?? []];
    const own = all.filter((it) => it !== `CREATE SCHEMA ${schema}` && it !== "");
    return [schema, own.map((it) => sortedLines(it.replaceAll(`${schema}.`, ""))).sort()];
  }));
}

/** The columns of a table, one a line, in no order. */
function sortedLines(statement: string): string {
  const [, head = "", body = "", tail = ""] =
    /^(CREATE (?:UNLOGGED )?TABLE [^\n]*\(\n)(.*?\n)(\).*)$/s.exec(statement) ?? [];
  if (body === "") return statement;
  return `${head}${body.trimEnd().split(/,?\n/).sort().join("\n")}\n${tail}`;
}
