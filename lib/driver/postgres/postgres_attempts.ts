import { ToolError } from "../../error.ts";
import type { PostgresUrl } from "../driver.ts";
import { readCertificate, readKey, systemAuthorities } from "./tls_files.ts";

/** One attempt to connect: to which host, and with which encryption. */
export interface PostgresAttempt {
  readonly host: string;
  readonly port: number;
  readonly password?: string | undefined;
  /** `false`: unencrypted. */
  readonly tls: false | PostgresTls;
}

/** What TLS verifies, and the certificate it presents. */
export interface PostgresTls {
  /** Fall back to an unencrypted connection if the server has no TLS. */
  readonly optional?: true;
  readonly rejectUnauthorized: boolean;
  readonly checkServerIdentity?: () => undefined;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly minVersion?: typeof versions[number];
  readonly maxVersion?: typeof versions[number];
  /** False: the server name is not sent (SNI). */
  readonly namesServer?: boolean;
  /** PostgreSQL 17: TLS begins immediately, without asking the server whether it supports it. */
  readonly direct?: true;
}

/**
 * Returns the attempts to make, in order, interpreting `sslmode` as libpq does
 * (https://www.postgresql.org/docs/current/libpq-ssl.html). Attempts at the same host follow one
 * another: the second is for a server that rejects the encryption of the first, or its absence.
 *
 * @throws {ToolError} `config/url` if a certificate cannot be read.
 */
export function postgresAttempts(
  url: PostgresUrl,
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
      hint: "Write sslmode=verify-full: a public authority vouches for every server",
    });
  }
  const ca = sslrootcert === "system"
    ? systemAuthorities()
    : sslrootcert === undefined
    ? undefined
    : readCertificate(sslrootcert);
  const own = ca === undefined ? {} : { ca };
  const shown = { ...own, ...clientCertificate(parameters), ...protocol(parameters) };
  if (shown.direct && !["require", "verify-ca", "verify-full"].includes(sslmode)) {
    throw new ToolError("config/url", `Cannot use sslnegotiation=direct with sslmode=${sslmode}`, {
      hint: "Write sslmode=require, or a stricter one",
    });
  }
  const encrypted = { ...shown, rejectUnauthorized: false };
  const checked = { ...shown, rejectUnauthorized: true };
  switch (sslmode) {
    case "disable":
      return [false];
    case "allow":
      return [false, encrypted];
    case "prefer":
      return [{ ...encrypted, optional: true }, false];
    case "require":
      // As in libpq, a root certificate turns it into verify-ca, for setups older than verify-ca.
      return "ca" in own ? [{ ...checked, checkServerIdentity: anyName }] : [encrypted];
    case "verify-ca":
      // With all public authorities trusted, the name must be checked; otherwise, every server would be
      // trusted.
      return "ca" in own ? [{ ...checked, checkServerIdentity: anyName }] : [checked];
    default:
      return [checked];
  }
}

function anyName(): undefined {}

function clientCertificate(
  { sslcert, sslkey, sslpassword, sslcertmode }: Readonly<Record<string, string>>,
): Partial<PostgresTls> {
  if (sslcertmode === "disable") return {};
  return {
    ...(sslcert === undefined ? {} : { cert: readCertificate(sslcert) }),
    ...(sslkey === undefined ? {} : { key: readKey(sslkey) }),
    ...(sslpassword === undefined ? {} : { passphrase: sslpassword }),
  };
}

/** Options of the TLS protocol itself. */
function protocol(parameters: Readonly<Record<string, string>>): Partial<PostgresTls> {
  const lowest = version(parameters, "ssl_min_protocol_version");
  const highest = version(parameters, "ssl_max_protocol_version");
  return {
    ...(lowest && { minVersion: lowest }),
    ...(highest && { maxVersion: highest }),
    ...(parameters["sslsni"] === "0" && { namesServer: false }),
    ...(parameters["sslnegotiation"] === "direct" && { direct: true }),
  };
}

function version(
  parameters: Readonly<Record<string, string>>,
  name: string,
): PostgresTls["minVersion"] | undefined {
  const said = parameters[name];
  const found = versions.find((it) => it === said);
  if (said === undefined || found !== undefined) return found;
  throw new ToolError(
    "config/url",
    `Cannot read the PostgreSQL URL: ${name} is not one of ${versions.join(", ")}`,
  );
}

const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
