import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatDatabaseUrl } from "../../lib/database/format_database_url.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import { postgresEnvUrl } from "../../lib/database/postgres_env_url.ts";
import type { DatabaseUrl } from "../../lib/driver/driver.ts";
import { osUser } from "../../lib/driver/os_user.ts";
import { ToolError } from "../../lib/error.ts";

type Postgres = Extract<DatabaseUrl, { kind: "postgres" }>;

function postgres(parts: Partial<Postgres>): Postgres {
  const hosts = [{ host: "localhost", port: 5432 }];
  const { user = osUser(), database = user } = parts;
  return { kind: "postgres", hosts, parameters: {}, ...parts, user, database };
}

/** Who runs this, as a URL shows it. */
const me = encodeURIComponent(osUser());

const at = (host: string, port = 5432) => ({ hosts: [{ host, port }] });
const sqlite = (path: string): DatabaseUrl => ({ kind: "sqlite", path });

describe("parseDatabaseUrl() reads", () => {
  test.each<[text: string, url: DatabaseUrl, shown: string]>([
    [
      "postgresql://app:secret@db:5433/shop",
      postgres({ ...at("db", 5433), database: "shop", user: "app", password: "secret" }),
      "postgresql://app@db:5433/shop",
    ],
    [
      "postgres://db/shop",
      postgres({ ...at("db"), database: "shop" }),
      `postgresql://${me}@db/shop`,
    ],
    [
      "POSTGRESQL://db/Shop",
      postgres({ ...at("db"), database: "Shop" }),
      `postgresql://${me}@db/Shop`,
    ],
    [
      "postgresql+psycopg2://app@db/shop",
      postgres({ ...at("db"), database: "shop", user: "app" }),
      "postgresql://app@db/shop",
    ],
    [
      "postgresql+asyncpg://db/shop?ssl=require",
      postgres({ ...at("db"), database: "shop", parameters: { sslmode: "require" } }),
      `postgresql://${me}@db/shop`,
    ],
    ["postgresql://", postgres({}), `postgresql://${me}@localhost/${me}`],
    [
      "postgresql://app@db",
      postgres({ ...at("db"), user: "app", database: "app" }),
      "postgresql://app@db/app",
    ],
    [
      "postgresql://a%40b:p%40s%3A%2F%20%25@db/my%20shop",
      postgres({ ...at("db"), database: "my shop", user: "a@b", password: "p@s:/ %" }),
      "postgresql://a%40b@db/my%20shop",
    ],
    [
      "postgresql://app:100%@db/shop",
      postgres({ ...at("db"), database: "shop", user: "app", password: "100%" }),
      "postgresql://app@db/shop",
    ],
    [
      "postgresql://app:p@ss#1@db/shop",
      postgres({ ...at("db"), database: "shop", user: "app", password: "p@ss#1" }),
      "postgresql://app@db/shop",
    ],
    [
      "postgresql://app:12/3?4@db/shop",
      postgres({ ...at("db"), database: "shop", user: "app", password: "12/3?4" }),
      "postgresql://app@db/shop",
    ],
    [
      "postgresql://db:5433/shop?application_name=a@b",
      postgres({ ...at("db", 5433), database: "shop", parameters: { application_name: "a@b" } }),
      `postgresql://${me}@db:5433/shop`,
    ],
    [
      "postgresql://one:1,two,[2001:db8::1]:3/shop?target_session_attrs=read-write",
      postgres({
        hosts: [{ host: "one", port: 1 }, { host: "two", port: 5432 }, {
          host: "2001:db8::1",
          port: 3,
        }],
        database: "shop",
        parameters: { target_session_attrs: "read-write" },
      }),
      `postgresql://${me}@one:1,two,[2001:db8::1]:3/shop`,
    ],
    [
      "postgresql:///shop?host=one:1&host=two:2",
      postgres({ hosts: [{ host: "one", port: 1 }, { host: "two", port: 2 }], database: "shop" }),
      `postgresql://${me}@one:1,two:2/shop`,
    ],
    [
      "postgresql:///shop?host=one,two&port=1,2&user=app&password=p%26q&dbname=other",
      postgres({
        hosts: [{ host: "one", port: 1 }, { host: "two", port: 2 }],
        database: "other",
        user: "app",
        password: "p&q",
      }),
      "postgresql://app@one:1,two:2/other",
    ],
    [
      "postgresql://one:1,[2001:db8::1]/shop?port=3",
      postgres({
        hosts: [{ host: "one", port: 3 }, { host: "2001:db8::1", port: 3 }],
        database: "shop",
      }),
      `postgresql://${me}@one:3,[2001:db8::1]:3/shop`,
    ],
    [
      "postgresql:///shop?host=/cloudsql/team:zone:name",
      postgres({ ...at("/cloudsql/team:zone:name"), database: "shop" }),
      `postgresql://${me}@%2Fcloudsql%2Fteam%3Azone%3Aname/shop`,
    ],
    [
      "postgresql://%2Frun%2Fpostgresql:6432,%2Fcloudsql%2Fa%3Ab:7/shop",
      postgres({
        hosts: [{ host: "/run/postgresql", port: 6432 }, { host: "/cloudsql/a:b", port: 7 }],
        database: "shop",
      }),
      `postgresql://${me}@%2Frun%2Fpostgresql:6432,%2Fcloudsql%2Fa%3Ab:7/shop`,
    ],
    [
      "postgresql://app@%2Frun%2Fpostgresql/shop",
      postgres({ ...at("/run/postgresql"), database: "shop", user: "app" }),
      "postgresql://app@%2Frun%2Fpostgresql/shop",
    ],
    [
      "postgresql://db/shop?sslmode=verify-full&sslrootcert=%2Fca.pem&options=-c%20search_path%3Dapp",
      postgres({
        ...at("db"),
        database: "shop",
        parameters: {
          sslmode: "verify-full",
          sslrootcert: "/ca.pem",
          options: "-c search_path=app",
        },
      }),
      `postgresql://${me}@db/shop`,
    ],
    ["sqlite:///dev.db", sqlite("dev.db"), "sqlite:///dev.db"],
    ["sqlite:///./dev.db", sqlite("./dev.db"), "sqlite:///./dev.db"],
    ["sqlite:///../a/../dev.db", sqlite("../a/../dev.db"), "sqlite:///../a/../dev.db"],
    ["sqlite:////var/lib/dev.db", sqlite("/var/lib/dev.db"), "sqlite:////var/lib/dev.db"],
    ["sqlite:///C:\\data\\dev.db", sqlite("C:\\data\\dev.db"), "sqlite:///C:\\data\\dev.db"],
    ["sqlite+aiosqlite:///dev.db?timeout=20", sqlite("dev.db"), "sqlite:///dev.db"],
    ["sqlite:///a%20b.db", sqlite("a%20b.db"), "sqlite:///a%20b.db"],
    ["sqlite:dev.db", sqlite("dev.db"), "sqlite:///dev.db"],
    ["sqlite://", sqlite(":memory:"), "sqlite://"],
    ["sqlite:///", sqlite(":memory:"), "sqlite://"],
    ["sqlite:///:memory:", sqlite(":memory:"), "sqlite://"],
    ["sqlite:///file:dev.db?mode=rw&uri=true", sqlite("dev.db"), "sqlite:///dev.db"],
    ["sqlite:///file:dev?mode=memory&uri=true", sqlite(":memory:"), "sqlite://"],
    ["file:dev.db", sqlite("dev.db"), "sqlite:///dev.db"],
    ["file:../a%20b.db", sqlite("../a b.db"), "sqlite:///../a b.db"],
    ["file:/var/lib/dev.db", sqlite("/var/lib/dev.db"), "sqlite:////var/lib/dev.db"],
    ["file:///var/lib/dev.db", sqlite("/var/lib/dev.db"), "sqlite:////var/lib/dev.db"],
    ["file://localhost/dev.db", sqlite("/dev.db"), "sqlite:////dev.db"],
    ["file:///C:/data/dev.db", sqlite("C:/data/dev.db"), "sqlite:///C:/data/dev.db"],
    ["file::memory:", sqlite(":memory:"), "sqlite://"],
    [
      "libsql://shop-team.turso.io?authToken=eyJ.x%2By",
      { kind: "libsql", url: "libsql://shop-team.turso.io", authToken: "eyJ.x+y" },
      "libsql://shop-team.turso.io",
    ],
    [
      "libsql://127.0.0.1:8080?tls=0&connect_timeout=2.5",
      { kind: "libsql", url: "libsql://127.0.0.1:8080?tls=0", connectTimeout: "2.5" },
      "libsql://127.0.0.1:8080?tls=0",
    ],
    ...["http", "https", "ws", "wss"].map((it): [string, DatabaseUrl, string] => [
      `${it}://127.0.0.1:8080/path`,
      { kind: "libsql", url: `${it}://127.0.0.1:8080/path` },
      `${it}://127.0.0.1:8080/path`,
    ]),
    [
      "sqlite+libsql://shop.turso.io?secure=true&authToken=t",
      { kind: "libsql", url: "https://shop.turso.io", authToken: "t" },
      "https://shop.turso.io",
    ],
  ])("%s", (text, url, shown) => {
    expect(parseDatabaseUrl(text)).toEqual(url);
    expect(formatDatabaseUrl(url)).toBe(shown);
  });
});

test("parseDatabaseUrl() resolves a relative SQLite path against cwd, and keeps its ..", () => {
  const path = (text: string) => parseDatabaseUrl(text, { cwd: "/srv/shop" });
  expect(path("sqlite:///./dev.db")).toEqual(sqlite("/srv/shop/dev.db"));
  expect(path("file:../dev.db")).toEqual(sqlite("/srv/shop/../dev.db"));
  expect(path("sqlite:////dev.db")).toEqual(sqlite("/dev.db"));
  expect(path("sqlite://")).toEqual(sqlite(":memory:"));
});

test("parseDatabaseUrl() reads what formatDatabaseUrl() wrote", () => {
  for (
    const text of [
      "postgresql://a%40b@one:1,[::1],%2Frun/my%2Fshop%3F",
      "sqlite:////var/../dev.db",
      "sqlite://",
      "wss://127.0.0.1:8080?tls=1",
    ]
  ) {
    const url = parseDatabaseUrl(text);
    expect(parseDatabaseUrl(formatDatabaseUrl(url))).toEqual(url);
  }
});

describe("parseDatabaseUrl() refuses", () => {
  test.each([
    ["", "it is empty", "postgresql://USER"],
    ["migrations/dev.db", "it has no scheme", "sqlite:///migrations/dev.db"],
    ["C:\\data\\dev.db", "it has no scheme", "postgresql://USER"],
    ["host=db password=hunter2", "it has no scheme", "postgresql://USER"],
    ["app:hunter2@db/shop", 'of kind "app"', "postgresql://USER"],
    ["mysql://app:hunter2@db/shop", 'of kind "mysql"', "postgresql://USER"],
    ["postgresql:app:hunter2@db/shop", "two slashes", "postgresql://USER"],
    ["postgresql://app:hunter2@db:hunter2/shop", "the port is not a number", "%3A"],
    ["postgresql://db:0/shop", "the port is not a number", "%3A"],
    ["postgresql://db:65536/shop", "the port is not a number", "%3A"],
    ["postgresql://::1/shop", "the port is not a number", "%3A"],
    ["postgresql://app:x@hunter2/y@db/shop", "there is a misplaced @", "%40"],
    ["postgresql://app:x@hunter2?y@db/shop", "there is a misplaced @", "%40"],
    ["postgresql://app:%ff@db/shop", "%-encoding is not UTF-8", "%25"],
    [
      "postgresql://db/shop?target_session_attrs=readwrite",
      "target_session_attrs is not one of any, read-write",
      "parameters of the database URL",
    ],
    [
      "postgresql://db/shop?connect_timeout=5s",
      "connect_timeout is not a number of seconds",
      "parameters of the database URL",
    ],
    [
      "postgresql://db/shop?sslmode=always",
      "sslmode is not one of disable, allow",
      "parameters of the database URL",
    ],
    [
      "postgresql://db/shop?sslmode=require&sslnegotiation=directly",
      "sslnegotiation is not one of postgres, direct",
      "parameters of the database URL",
    ],
    ["postgresql://db/shop?sslmod=require", 'unknown parameter "sslmod"', "postgresql://USER"],
    ["sqlite://dev.db", "a host comes before the path", "sqlite:///dev.db"],
    ["file://server/dev.db", 'another host: "server"', "file:dev.db"],
    ["postgresql://app:hunter2@[::1/shop", "a host is malformed", "postgresql://USER"],
    ["postgresql://app:hunter2@db],other/shop", "a host is malformed", "postgresql://USER"],
    ["libsql://db:hunter2", "host or port are malformed", "libsql://HOST"],
    ["http://[::1", "host or port are malformed", "libsql://HOST"],
    ["libsql://db?connect_timeout=5s", "connect_timeout is not a number of seconds", "SECONDS"],
    ["http://127.0.0.1:8080/#hunter2", "it has a fragment", "?authToken=TOKEN"],
    ["http://127.0.0.1:8080#hunter2", "it has a fragment", "?authToken=TOKEN"],
    ["http://db:8080?tls=0;authToken=hunter2", "tls is neither 0 nor 1", "?tls=0&authToken"],
    ["http://db:8080?tls=0#hunter2", "tls is neither 0 nor 1", "?tls=0&authToken"],
    ["libsql:", "it names no host", "libsql://HOST"],
    ["libsql://app:hunter2@shop.turso.io", "a user or a password", "?authToken=TOKEN"],
  ])("%s", (text, message, hint) => {
    const error = thrown(() => parseDatabaseUrl(text));
    expect(error.code).toBe("config/url");
    expect(error.message).toContain(message);
    expect(error.facts.hint).toContain(hint);
    expect(`${error.message} ${error.facts.hint}`).not.toContain("hunter2");
  });
});

test("postgresEnvUrl() returns a URL if POSTGRES_HOST or POSTGRES_DB is set", () => {
  expect(postgresEnvUrl({ POSTGRES_USER: "app", POSTGRES_PASSWORD: "p" })).toBeUndefined();
  expect(postgresEnvUrl({ POSTGRES_DB: "shop" })).toEqual(postgres({ database: "shop" }));
  expect(postgresEnvUrl({
    POSTGRES_HOST: "db",
    POSTGRES_PORT: "5433",
    POSTGRES_DB: "shop",
    POSTGRES_USER: "app",
    POSTGRES_PASSWORD: "p%40:/",
    POSTGRES_SSLMODE: "require",
  })).toEqual(postgres({
    ...at("db", 5433),
    database: "shop",
    user: "app",
    password: "p%40:/",
    parameters: { sslmode: "require" },
  }));
  const error = thrown(() => postgresEnvUrl({ POSTGRES_HOST: "db", POSTGRES_PORT: "x" }));
  expect([error.code, error.facts.hint]).toEqual([
    "config/url",
    expect.stringContaining("the PG… and POSTGRES_… variables"),
  ]);
});

function thrown(body: () => unknown): ToolError {
  try {
    body();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a PostgreSQL URL that leaves parts out", () => {
  const folder = mkdtempSync(join(tmpdir(), "migrate-libpq-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const written = (name: string, text: string, mode = 0o600): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    return path;
  };

  test("takes them from libpq's PG… variables, ignoring empty ones", () => {
    const env = {
      PGHOST: "db.example.com",
      PGPORT: "5433",
      PGDATABASE: "shop",
      PGUSER: "app",
      PGPASSWORD: "hunter2",
      PGSSLMODE: "verify-full",
      PGOPTIONS: "",
    };
    expect(parseDatabaseUrl("postgresql://", { env })).toEqual(postgres({
      hosts: [{ host: "db.example.com", port: 5433 }],
      database: "shop",
      user: "app",
      password: "hunter2",
      parameters: { sslmode: "verify-full" },
    }));
    expect(parseDatabaseUrl("postgresql://own:x@other:1/else?sslmode=disable", { env })).toEqual(
      postgres({
        hosts: [{ host: "other", port: 1 }],
        database: "else",
        user: "own",
        password: "x",
        parameters: { sslmode: "disable" },
      }),
    );
    expect(postgresEnvUrl({ ...env, POSTGRES_HOST: "first", POSTGRES_DB: "else" })).toMatchObject({
      hosts: [{ host: "first", port: 5433 }],
      database: "else",
      user: "app",
    });
  });

  test("takes them from a service, before the variables", () => {
    const file = written(
      "services",
      "# ours\n[other]\nhost=no\n\n[shop]\nhost = db\ndbname=shop\nuser=app\nsslmode=require\n[last]\nuser=no\n",
    );
    const env = { PGSERVICEFILE: file, PGHOST: "no", PGPORT: "5433", PGSERVICE: "shop" };
    const shop = postgres({
      hosts: [{ host: "db", port: 5433 }],
      database: "shop",
      user: "app",
      parameters: { sslmode: "require" },
    });
    expect(parseDatabaseUrl("postgresql://", { env })).toEqual(shop);
    expect(parseDatabaseUrl("postgresql://?service=shop", { env: { ...env, PGSERVICE: "other" } }))
      .toEqual(shop);
    const error = thrown(() => parseDatabaseUrl("postgresql://?service=nowhere", { env }));
    expect([error.code, error.message]).toEqual([
      "config/url",
      'Cannot find the PostgreSQL service "nowhere"',
    ]);
    expect(error.facts.hint).toContain(file);
  });

  test("takes each host's password from the first matching line of the password file", () => {
    const file = written(
      "pgpass",
      "# ours\nother:*:*:*:no\ndb:5432:shop:app:hun\\:ter\\\\2\n*:5433:*:app:second\n*:*:*:*:last:more\n",
    );
    const env = { PGPASSFILE: file };
    expect(parseDatabaseUrl("postgresql://app@db,db:5433,[::1]/shop", { env })).toEqual(postgres({
      hosts: [
        { host: "db", port: 5432, password: "hun:ter\\2" },
        { host: "db", port: 5433, password: "second" },
        { host: "::1", port: 5432, password: "last" },
      ],
      database: "shop",
      user: "app",
    }));
    expect(parseDatabaseUrl("postgresql://app:own@db/shop", { env })).toMatchObject({
      hosts: [{ host: "db", port: 5432 }],
      password: "own",
    });
    const home = { HOME: folder };
    written(".pgpass", "db:*:*:*:at home\n");
    expect(parseDatabaseUrl("postgresql://db/shop", { env: home })).toMatchObject({
      hosts: [{ password: "at home" }],
    });
    expect(parseDatabaseUrl("postgresql://db/shop", { env: { PGPASSFILE: "/nowhere" } }))
      .toMatchObject({ hosts: [{ host: "db", port: 5432 }] });
  });

  test("takes a password for the user and the database that a URL leaves out", () => {
    const name = osUser();
    const env = {
      PGPASSFILE: written("defaults", `db:5432:${name}:${name}:mine\ndb:5432:app:app:app's\n`),
    };
    expect(parseDatabaseUrl("postgresql://db", { env })).toMatchObject({
      user: name,
      database: name,
      hosts: [{ password: "mine" }],
    });
    expect(parseDatabaseUrl("postgresql://app@db", { env })).toMatchObject({
      hosts: [{ password: "app's" }],
    });
  });

  test.each([
    ["/var/run/postgresql", "localhost", true],
    ["/run/postgresql", "localhost", true],
    ["/tmp", "localhost", true],
    ["/tmp", "/tmp", true],
    ["/srv/db", "/srv/db", true],
    ["/srv/db", "localhost", false],
    ["localhost", "/tmp", false],
  ])("whose host is %s has the password of a line for %s: %p", (host, line, has) => {
    const env = { PGPASSFILE: written("sockets", `${line}:*:*:*:hunter2\n`) };
    expect(parseDatabaseUrl(`postgresql:///shop?host=${host}`, { env })).toEqual(postgres({
      hosts: [{ host, port: 5432, ...has && { password: "hunter2" } }],
      database: "shop",
    }));
  });

  test("refuses a password file that others can read, if it has the password", () => {
    const env = { PGPASSFILE: written("open", "db:*:*:*:hunter2\n") };
    chmodSync(env.PGPASSFILE, 0o640);
    const error = thrown(() => parseDatabaseUrl("postgresql://db/shop", { env }));
    expect([error.code, error.message]).toEqual([
      "config/url",
      expect.stringContaining("others can read it"),
    ]);
    expect(error.facts.hint).toContain("chmod 600");
    expect(parseDatabaseUrl("postgresql://else/shop", { env })).toMatchObject({
      hosts: [{ host: "else", port: 5432 }],
    });
  });
});
