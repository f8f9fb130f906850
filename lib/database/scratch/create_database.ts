import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";
import type { DatabaseFacts } from "./database_facts.ts";

/**
 * Returns the statement that creates an empty database, with the encoding, locale and provider of
 * `like` if given, https://www.postgresql.org/docs/current/sql-createdatabase.html. It is a copy of
 * `template0`, which nobody can have added anything to.
 */
export function createDatabase(
  name: string,
  like?: Pick<DatabaseFacts, "encoding" | "row">,
): Statement {
  const options = like === undefined ? [] : localeOptions(like);
  const words = [`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`, ...options];
  return { sql: words.join(" ") };
}

/** PostgreSQL 15 introduced the provider of a database, and 17 renamed the column of its locale. */
function localeOptions({ encoding, row }: Pick<DatabaseFacts, "encoding" | "row">): string[] {
  const provider = providers[String(row["datlocprovider"])];
  const locale = row["datlocale"] ?? row["daticulocale"];
  return [
    option("ENCODING", encoding),
    option("LC_COLLATE", row["datcollate"]),
    option("LC_CTYPE", row["datctype"]),
    ...(provider === undefined ? [] : [`LOCALE_PROVIDER ${provider}`]),
    ...(provider === "icu" ? [option("ICU_LOCALE", locale)] : []),
    ...(provider === "icu" ? [option("ICU_RULES", row["daticurules"])] : []),
    ...(provider === "builtin" ? [option("BUILTIN_LOCALE", locale)] : []),
  ].filter((it) => it !== "");
}

const providers: Readonly<Record<string, "libc" | "icu" | "builtin">> = {
  c: "libc",
  i: "icu",
  b: "builtin",
};

function option(name: string, value: unknown): string {
  return typeof value === "string" ? `${name} ${quoteLiteral(value, "postgres")}` : "";
}
