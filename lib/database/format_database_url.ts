import type { DatabaseUrl, PostgresUrl } from "../driver/driver.ts";

/**
 * Returns `url` for people to read: the location and user, without password, token and other
 * parameters. Runs report which database they work on in this form.
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
  const hosts = url.hosts.map(({ host, port }) => {
    const name = host.startsWith("/") ? encodeURIComponent(host) : host;
    return (name.includes(":") ? `[${name}]` : name) + (port === 5432 ? "" : `:${port}`);
  });
  return `postgresql://${encodeURIComponent(url.user)}@${hosts.join(",")}/${
    encodeURIComponent(url.database)
  }`;
}
