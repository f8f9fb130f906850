import { readFileSync, statSync } from "node:fs";
import { platform } from "node:process";
import type { PostgresUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";

/**
 * Returns `url` with the passwords that the file at `path` has for its hosts.
 *
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * @throws {ToolError} `config/url` if the file has a password for one, and others can read it.
 */
export function withFilePasswords(url: PostgresUrl, path: string | undefined): PostgresUrl {
  const entries = path === undefined ? [] : readEntries(path);
  const hosts = url.hosts.map((it) => {
    const names = socketFolders.has(it.host) ? [it.host, "localhost"] : [it.host];
    const wanted = [names, [String(it.port)], [url.database], [url.user]];
    const password = entries.find((entry) =>
      wanted.every((values, index) => ["*", ...values].includes(entry[index] ?? ""))
    )?.[4];
    return password === undefined ? it : { ...it, password };
  });
  if (path === undefined || !hosts.some((it) => "password" in it)) return url;
  if (platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new ToolError(
      "config/url",
      `Cannot use the password file "${path}": others can read it`,
      {
        hint: `Type "chmod 600 ${path}"`,
      },
    );
  }
  return { ...url, hosts };
}

/**
 * Where builds of PostgreSQL have its socket if nothing else is said: its own, Debian's and Red Hat's,
 * and those of others. libpq calls the one that it was built with `localhost`.
 */
const socketFolders: ReadonlySet<string> = new Set([
  "/tmp",
  "/var/run/postgresql",
  "/run/postgresql",
]);

/** Returns the fields of each line: host, port, database, user, password. */
function readEntries(path: string): readonly (readonly string[])[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return []; // as in libpq, the file is optional
  }
  return text.split(/\r?\n/).filter((it) => it !== "" && !it.startsWith("#")).map((line) => {
    const fields = [...line.matchAll(/((?:\\.|[^\\:])*)(?::|$)/g)].map(([, field = ""]) => field);
    return fields.slice(0, 5).map((it) => it.replace(/\\(.)/g, "$1"));
  });
}
