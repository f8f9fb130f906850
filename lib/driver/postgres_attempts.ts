import { readFileSync } from "node:fs";
import { ToolError } from "../error.ts";
import type { DatabaseUrl } from "./driver.ts";

/** One try to connect: to which host, and how secured. */
export interface PostgresAttempt {
  readonly host: string;
  readonly port: number;
  readonly password?: string | undefined;
  /** `false`: in the clear; "prefer": in the clear only where the server has no TLS. */
  readonly tls: false | "prefer" | PostgresTls;
}

/** What TLS checks, and what it shows. */
export interface PostgresTls {
  readonly rejectUnauthorized: boolean;
  readonly checkServerIdentity?: () => undefined;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/**
 * Returns what to try, in order, as libpq reads `sslmode`
 * (https://www.postgresql.org/docs/current/libpq-ssl.html). Several attempts at one host follow each
 * other: the second is for a server that turns the first away for how it was secured.
 *
 * @throws {ToolError} `config/url` if a certificate cannot be read.
 */
export function postgresAttempts(
  url: Extract<DatabaseUrl, { kind: "postgres" }>,
): readonly PostgresAttempt[] {
  const ways = waysToSecure(url.parameters);
  return url.hosts.flatMap(({ host, port, password = url.password }) => {
    // As in libpq, a Unix socket is never encrypted.
    const tls: readonly PostgresAttempt["tls"][] = host.startsWith("/") ? [false] : ways;
    return tls.map((it) => ({ host, port, password, tls: it }));
  });
}

function waysToSecure(
  parameters: Readonly<Record<string, string>>,
): readonly PostgresAttempt["tls"][] {
  const { sslrootcert, sslmode = sslrootcert === "system" ? "verify-full" : "prefer" } = parameters;
  if (sslrootcert === "system" && sslmode !== "verify-full") {
    throw new ToolError("config/url", `Cannot use sslrootcert=system with sslmode=${sslmode}`, {
      hint: "Write sslmode=verify-full: an authority that all trust vouches for every server",
    });
  }
  const own = sslrootcert === undefined || sslrootcert === "system"
    ? {}
    : { ca: readCertificate(sslrootcert) };
  const shown = { ...own, ...clientCertificate(parameters) };
  const encrypted = { ...shown, rejectUnauthorized: false };
  const checked = { ...shown, rejectUnauthorized: true };
  switch (sslmode) {
    case "disable":
      return [false];
    case "allow":
      return [false, encrypted];
    case "prefer":
      return ["prefer", false];
    case "require":
      // A root certificate turns it into verify-ca, for those who had it before there was verify-ca.
      return "ca" in own ? [{ ...checked, checkServerIdentity: anyName }] : [encrypted];
    case "verify-ca":
      // Whoever trusts all public authorities has to check the name, or trusts every server.
      return "ca" in own ? [{ ...checked, checkServerIdentity: anyName }] : [checked];
    default:
      return [checked];
  }
}

function anyName(): undefined {}

function clientCertificate(parameters: Readonly<Record<string, string>>): Partial<PostgresTls> {
  const { sslcert, sslkey, sslpassword } = parameters;
  return {
    ...(sslcert === undefined ? {} : { cert: readCertificate(sslcert) }),
    ...(sslkey === undefined ? {} : { key: readCertificate(sslkey) }),
    ...(sslpassword === undefined ? {} : { passphrase: sslpassword }),
  };
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError("config/url", `Cannot read the certificate or key "${path}"`, {
      hint: "Check sslrootcert, sslcert and sslkey in the database URL",
      cause,
    });
  }
}
