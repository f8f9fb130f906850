import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import type { Statement } from "../../sql/statement.ts";
import type { DatabaseFacts } from "./database_facts.ts";

/**
 * Returns the statement that makes an empty database; `like` another, it has that one's encoding, locale
 * and provider, https://www.postgresql.org/docs/current/sql-createdatabase.html. From `template0`, which
 * nobody can have put anything into.
 */
export function createDatabase(
  name: string,
  like?: Pick<DatabaseFacts, "encoding" | "row">,
): Statement {
  const options = like === undefined ? [] : localeOptions(like);
  const words = [`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`, ...options];
  return { sql: words.join(" ") };
}

/** Since 15 a database has a provider; what its locale is called there was renamed in 17. */
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
