import type { DatabaseUrl } from "../driver/driver.ts";
import { formatDatabaseUrl } from "./format_database_url.ts";

/**
 * Returns `text` without the secrets of `url`, plain or percent-encoded, and without the password of
 * any other URL in it. A password that is also part of the public address (`postgres` is a common one)
 * stays where it is a word like any other.
 */
export function redact(text: string, url?: DatabaseUrl): string {
  const others = text
    .replace(/([a-z][a-z0-9+]*:\/\/[^\s:/?#@]*):[^\s@]*@/gi, "$1@")
    .replace(/\b(password|authToken)=[^\s&"']+/gi, "$1=***");
  if (url === undefined) return others;
  return spellings(secrets(url).filter((it) => !formatDatabaseUrl(url).includes(it)))
    .reduce((redacted, secret) => redacted.replaceAll(secret, "***"), others);
}

function secrets(url: DatabaseUrl): readonly string[] {
  const found = url.kind === "postgres"
    ? [url.password, url.parameters["sslpassword"], ...url.hosts.map((it) => it.password)]
    : url.kind === "libsql"
    ? [url.authToken]
    : [];
  return found.filter((it) => it !== undefined && it !== "").map(String);
}

/** Longest first: a short spelling may be part of a longer one. */
function spellings(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((it) => {
    const encoded = encodeURIComponent(it);
    return [it, encoded, encoded.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase())];
  });
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
