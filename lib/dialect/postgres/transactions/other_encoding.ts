/**
 * Returns the encoding that a statement declares for what the client sends, unless it is ours: everything
 * is sent as UTF-8, and under another name the server would store other characters. It happens in the
 * scripts of a `pg_dump` from a database in that encoding.
 */
export function otherEncoding(sql: string): string | undefined {
  const [, name = "utf8"] =
    /^SET\s+(?:(?:SESSION|LOCAL)\s+)?(?:client_encoding\s*(?:=|\bTO\b)|NAMES\b)\s*['"]?([\w-]+)/i
      .exec(sql) ??
      /^SELECT\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'client_encoding'\s*,\s*'([\w-]+)'/i
        .exec(sql) ??
      [];
  return /^(?:utf-?8|unicode|sql_ascii|default)$/i.test(name) ? undefined : name;
}
