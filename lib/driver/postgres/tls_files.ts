import { existsSync, readFileSync, statSync } from "node:fs";
import process from "node:process";
import { ToolError } from "../../error.ts";

/**
 * Returns the text of a certificate.
 *
 * @throws {ToolError} `config/url` if it cannot be read.
 */
export function readCertificate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError("config/url", `Cannot read the certificate or key "${path}"`, {
      hint: "Check sslrootcert, sslcert and sslkey in the database URL",
      cause,
    });
  }
}

/**
 * Returns the text of a private key. Others must not be able to read it, except its group if root owns
 * it.
 *
 * https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-CLIENTCERT
 *
 * @throws {ToolError} `config/url` if it cannot be read, or others can read it.
 */
export function readKey(path: string): string {
  const text = readCertificate(path);
  if (process.platform === "win32") return text;
  const { mode, uid } = statSync(path);
  const others = uid === 0 && process.geteuid?.() !== 0 ? 0o037 : 0o077;
  if ((mode & others) === 0) return text;
  throw new ToolError("config/url", `Cannot use the private key "${path}": others can read it`, {
    hint: `Type "chmod 600 ${path}"`,
  });
}

/**
 * Returns the certificate authorities that the system trusts, from where OpenSSL looks for them.
 * Undefined if there are none, which means those of the runtime.
 */
export function systemAuthorities(): string | undefined {
  const files = [process.env["SSL_CERT_FILE"] ?? "", ...usualFiles];
  const found = files.find((it) => it !== "" && existsSync(it));
  return found === undefined ? undefined : readCertificate(found);
}

const usualFiles = [
  "/etc/ssl/certs/ca-certificates.crt", // Debian, Alpine
  "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, RHEL
  "/etc/ssl/ca-bundle.pem", // openSUSE
  "/etc/ssl/cert.pem", // macOS, Alpine
];
