import { expect, test } from "bun:test";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import {
  type PostgresAttempt,
  postgresAttempts,
} from "../../lib/driver/postgres/postgres_attempts.ts";

function waysOf(parameters: string): readonly PostgresAttempt["tls"][] {
  const url = parseDatabaseUrl(`postgresql://db/shop?${parameters}`);
  if (url.kind !== "postgres") throw new Error("It is no PostgreSQL URL");
  return postgresAttempts(url).map((it) => it.tls);
}

test("sslmode=verify-ca without sslrootcert also checks the host name", () => {
  expect(waysOf("sslmode=verify-ca")).toEqual([{ rejectUnauthorized: true }]);
});

test("TLS versions and SNI are taken from the URL", () => {
  expect(
    waysOf(
      "sslmode=require&ssl_min_protocol_version=TLSv1.2&ssl_max_protocol_version=TLSv1.3&sslsni=0",
    ),
  ).toEqual([
    { rejectUnauthorized: false, minVersion: "TLSv1.2", maxVersion: "TLSv1.3", namesServer: false },
  ]);
  expect(waysOf("sslmode=require&sslsni=1")).toEqual([{ rejectUnauthorized: false }]);
});
