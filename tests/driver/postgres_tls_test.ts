import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createPrivateKey } from "node:crypto";
import { chown } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../lib/error.ts";
import { startPostgresServer } from "../servers/guarded_server.ts";
import { until } from "../until.ts";
import { connect, failure } from "./connect.ts";

const certificates = join(import.meta.dirname, "certificates");
const authority = `sslrootcert=${join(certificates, "authority.crt")}`;
const stranger = `sslrootcert=${join(certificates, "other_authority.crt")}`;
const keys = mkdtempSync(join(tmpdir(), "migrate-keys-"));
const key = join(keys, "client.key");
copyFileSync(join(certificates, "client.key"), key);
chmodSync(key, 0o600);
const client = `sslcert=${join(certificates, "client.crt")}&sslkey=${key}`;

let url: URL;
let data: string;

beforeAll(async () => {
  const server = await startPostgresServer({});
  url = new URL("postgresql://localhost/postgres");
  Object.assign(url, { port: String(server.port), username: server.user });
  url.password = encodeURIComponent(server.password);
  data = join(server.socket, "data");
  const { uid, gid } = statSync(data);
  for (const name of ["server.crt", "server.key", "authority.crt"]) {
    copyFileSync(join(certificates, name), join(data, name));
    chmodSync(join(data, name), 0o600);
    await chown(join(data, name), uid, gid);
  }
  await using connection = await connect(urlWith("sslmode=disable"));
  for (
    const setting of [
      "ssl = on",
      "ssl_cert_file = 'server.crt'",
      "ssl_key_file = 'server.key'",
      "ssl_ca_file = 'authority.crt'",
    ]
  ) {
    await connection.query({ sql: `ALTER SYSTEM SET ${setting}` });
  }
}, 60_000);

afterAll(async () => {
  await allow("host");
  rmSync(keys, { recursive: true });
});

/** The modes of https://www.postgresql.org/docs/current/libpq-ssl.html, on servers that take or refuse TLS. */
describe.each<{
  readonly server: string;
  /** The kinds of line in pg_hba.conf. */
  readonly lines: string;
  /** The parameters of the URL, and whether the session is encrypted or why there is none. */
  readonly cases: readonly (readonly [parameters: string, outcome: boolean | RegExp])[];
}>([
  {
    server: "that accepts TLS and no TLS",
    lines: "host",
    cases: [
      ["sslmode=disable", false],
      ["sslmode=allow", false],
      ["sslmode=prefer", true],
      ["", true],
      [`sslmode=prefer&${stranger}`, true],
      ["sslmode=prefer&ssl_max_protocol_version=TLSv1.1", false],
      ["sslmode=require&ssl_max_protocol_version=TLSv1.1", /TLS failed/],
      ["sslmode=require", true],
      [`sslmode=require&${authority}`, true],
      [`sslmode=require&${stranger}`, /TLS failed/],
      [`sslmode=verify-ca&${authority}`, true],
      [`sslmode=verify-ca&${authority}&host=127.0.0.1`, true],
      [`sslmode=verify-ca&${stranger}`, /TLS failed/],
      [`sslmode=verify-full&${authority}`, true],
      [`sslmode=verify-full&${authority}&host=127.0.0.1`, /TLS failed/],
      [`sslmode=verify-full&${stranger}`, /TLS failed/],
      ["sslmode=verify-full", /TLS failed/],
      ["sslrootcert=system", /TLS failed/],
      ["sslrootcert=system&sslmode=require", /Cannot use sslrootcert=system with sslmode=require/],
      ["sslmode=verify-full&sslrootcert=/nowhere.crt", /Cannot read the certificate/],
      ["sslmode=require&sslnegotiation=direct", true],
      [`sslmode=verify-full&${authority}&sslnegotiation=direct`, true],
      [`sslmode=verify-full&${stranger}&sslnegotiation=direct`, /TLS failed/],
      ["sslnegotiation=direct", /Cannot use sslnegotiation=direct with sslmode=prefer/],
      [`sslmode=verify-full&${authority}&sslsni=0`, true],
      [`sslmode=verify-full&${authority}&sslsni=0&host=127.0.0.1`, /TLS failed/],
      ["sslmode=require&ssl_min_protocol_version=TLSv1.3", true],
      ["sslmode=require&ssl_min_protocol_version=TLSv2", /is not one of TLSv1, TLSv1.1/],
      ["sslmode=require&sslcrl=/etc/crl.pem", /Cannot connect to PostgreSQL with sslcrl/],
      ["require_auth=scram-sha-256", /Cannot connect to PostgreSQL with require_auth/],
    ],
  },
  {
    server: "that accepts only TLS",
    lines: "hostssl",
    cases: [
      ["sslmode=disable", /no pg_hba.conf entry/],
      ["sslmode=allow", true],
      ["sslmode=prefer", true],
      ["sslmode=require", true],
    ],
  },
  {
    server: "that accepts only connections without TLS",
    lines: "hostnossl",
    cases: [
      ["sslmode=disable", false],
      ["sslmode=allow", false],
      ["sslmode=prefer", false],
      ["sslmode=require", /no pg_hba.conf entry/],
    ],
  },
  {
    server: "that requires a client certificate",
    lines: "hostssl:clientcert=verify-full",
    cases: [
      [client, true],
      [`sslmode=require&${client}`, true],
      [`sslmode=verify-full&${authority}&${client}`, true],
      ["sslmode=require", /certificate/],
      [`sslmode=require&${client}&sslcertmode=disable`, /certificate/],
    ],
  },
])("a server $server", ({ lines, cases }) => {
  beforeAll(() => allow(lines));

  test.each(cases)("?%s", async (parameters, outcome) => {
    const connecting = connect(urlWith(parameters));
    if (outcome instanceof RegExp) {
      const { message } = await failure(ToolError, connecting);
      expect(message).toMatch(outcome);
      expect(message).not.toContain("s3cret");
      return;
    }
    await using connection = await connecting;
    const asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    expect(await connection.query({ sql: asked })).toEqual([{ ssl: outcome }]);
  });
});

test("sslrootcert=system trusts the system's authorities, and checks the host name", async () => {
  await allow("host");
  const { SSL_CERT_FILE } = process.env;
  try {
    process.env["SSL_CERT_FILE"] = join(certificates, "authority.crt");
    await using connection = await connect(urlWith("sslrootcert=system"));
    expect(await connection.query({ sql: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
    const error = await failure(
      ToolError,
      connect(urlWith("sslrootcert=system&host=127.0.0.1")),
    );
    expect(error.message).toMatch(/TLS failed/);
    // If the file does not exist, the system's usual authorities are meant.
    process.env["SSL_CERT_FILE"] = join(certificates, "nowhere.crt");
    const untrusted = await failure(ToolError, connect(urlWith("sslrootcert=system")));
    expect(untrusted.message).toMatch(/TLS failed/);
  } finally {
    if (SSL_CERT_FILE === undefined) delete process.env["SSL_CERT_FILE"];
    else process.env["SSL_CERT_FILE"] = SSL_CERT_FILE;
  }
});

test("a wrong certificate or private key is an error that explains it", async () => {
  await allow("host");
  const locked = join(keys, "locked.key");
  const sealed = createPrivateKey(readFileSync(key)).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "geheim",
  });
  writeFileSync(locked, sealed, { mode: 0o600 });
  const empty = join(keys, "empty.crt");
  writeFileSync(empty, "no certificate", { mode: 0o600 });
  const certificate = `sslcert=${join(certificates, "client.crt")}`;
  await using connection = await connect(
    urlWith(`sslmode=require&${certificate}&sslkey=${locked}&sslpassword=geheim`),
  );
  expect(connection).toBeDefined();
  for (
    const [parameters, found, hint] of [
      [`${certificate}&sslkey=${locked}`, /the private key/, /sslpassword/],
      [`${certificate}&sslkey=${locked}&sslpassword=wrong`, /the private key/, /sslpassword/],
      [`sslcert=${join(certificates, "server.crt")}&sslkey=${key}`, /does not match/, /sslkey/],
      [`sslcert=${empty}&sslkey=${key}`, /is not the certificate/, /sslcert/],
      [`${certificate}&sslkey=${empty}`, /is not the certificate/, /sslkey/],
      [`sslrootcert=${empty}`, /is not the certificate/, /sslrootcert/],
    ] as const
  ) {
    const error = await failure(ToolError, connect(urlWith(`sslmode=require&${parameters}`)));
    expect(error.message).toMatch(found);
    expect(error.facts.hint).toMatch(hint);
  }
});

test("a private key that others can read is refused", async () => {
  for (const mode of [0o644, 0o640, 0o604]) {
    chmodSync(key, mode);
    const error = await failure(ToolError, connect(urlWith(`sslmode=require&${client}`)));
    expect(error.message).toBe(`Cannot use the private key "${key}": others can read it`);
    expect(error.facts.hint).toBe(`Type "chmod 600 ${key}"`);
  }
  chmodSync(key, 0o600);
});

function urlWith(parameters: string): string {
  return `${url.href}?${parameters}`;
}

/** Makes the server accept connections of this kind only, besides those to its socket. */
async function allow(lines: string): Promise<void> {
  const [kind = "", options = ""] = lines.split(":");
  const path = join(data, "pg_hba.conf");
  const { uid, gid } = statSync(path);
  const text = `local all all scram-sha-256\n${kind} all all all scram-sha-256 ${options}\n`;
  if (readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  await chown(path, uid, gid);
  const socket = new URL(url);
  socket.searchParams.set("host", join(data, ".."));
  await using connection = await connect(socket.href);
  const asked = "SELECT pg_conf_load_time() AS at";
  const before = await connection.query({ sql: asked });
  await connection.query({ sql: "SELECT pg_reload_conf()" });
  await until(async () => !Bun.deepEquals(await connection.query({ sql: asked }), before));
}
