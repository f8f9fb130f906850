import type { DatabaseUrl, PostgresUrl } from "../driver/driver.ts";

/**
 * Returns `url` for people: where it is and as whom, without a password or a token and without its
 * other parameters. A run says so which database it works on.
 */
export function formatDatabaseUrl(url: DatabaseUrl): string {
  switch (url.kind) {
    case "postgres":
      return formatPostgresUrl(url);
    case "sqlite":
      return url.path === ":memory:" ? "sqlite://" : `sqlite:///${url.path}`;
    case "libsql":
      return url.url;
  }
}

function formatPostgresUrl(url: PostgresUrl): string {
  const user = url.user === undefined ? "" : `${encodeURIComponent(url.user)}@`;
  const hosts = url.hosts.map(({ host, port }) => {
    const name = host.startsWith("/") ? encodeURIComponent(host) : host;
    return (name.includes(":") ? `[${name}]` : name) + (port === 5432 ? "" : `:${port}`);
  });
  return `postgresql://${user}${hosts.join(",")}/${encodeURIComponent(url.database)}`;
}
