import { readFileSync, statSync } from "node:fs";
import { platform } from "node:process";
import type { PostgresUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";

/**
 * Returns `url` with the password that the file at `path` has for each of its hosts.
 *
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * @throws {ToolError} `config/url` if others can read the file, and it has one.
 */
export function withFilePasswords(url: PostgresUrl, path: string | undefined): PostgresUrl {
  const entries = path === undefined ? [] : readEntries(path);
  const hosts = url.hosts.map((it) => {
    const host = it.host.startsWith("/") ? "localhost" : it.host;
    const wanted = [host, String(it.port), url.database, url.user ?? ""];
    const password = entries.find((entry) =>
      wanted.every((value, index) => entry[index] === "*" || entry[index] === value)
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

/** Returns the fields of each line: host, port, database, user, password. */
function readEntries(path: string): readonly (readonly string[])[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return []; // as libpq has it: there need not be one
  }
  return text.split(/\r?\n/).filter((it) => it !== "" && !it.startsWith("#")).map((line) => {
    const fields = [...line.matchAll(/((?:\\.|[^\\:])*)(?::|$)/g)].map(([, field = ""]) => field);
    return fields.slice(0, 5).map((it) => it.replace(/\\(.)/g, "$1"));
  });
}
