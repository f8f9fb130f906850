import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig, type LoadConfigOptions } from "../../lib/config/load_config.ts";
import { ToolError } from "../../lib/error.ts";

/** Loads the configuration in a folder with `files`, and removes the folder. */
async function load<Result>(
  files: Readonly<Record<string, string>>,
  options: Partial<LoadConfigOptions> & { readonly at?: string },
  look: (config: Awaited<ReturnType<typeof loadConfig>>, folder: string) => Result,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "migrate-config-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { at = ".", ...rest } = options;
    mkdirSync(join(folder, at), { recursive: true });
    return look(await loadConfig({ cwd: join(folder, at), env: {}, ...rest }), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hostOf({ databaseUrl }: Awaited<ReturnType<typeof loadConfig>>): string | undefined {
  const url = databaseUrl();
  return url.kind === "postgres" ? url.hosts[0]?.host : undefined;
}

const everything = {
  "migrate.toml": `
    database_url = "postgresql://config/db"
    [databases.other]
    database_url = "postgresql://section/db"
    version_table = "other_version"
  `,
  ".env": "DATABASE_URL=postgresql://dotenv/db\nPOSTGRES_HOST=dotenv-host\nPOSTGRES_DB=db\n",
};

const precedence: readonly (readonly [
  string,
  Partial<LoadConfigOptions>,
  Readonly<Record<string, string>>,
  string,
])[] = [
  [
    "--database-url wins over all other sources",
    {
      databaseUrl: "postgresql://typed/db",
      name: "other",
      env: { DATABASE_URL: "postgresql://env/db" },
    },
    everything,
    "typed",
  ],
  [
    "the section given by -n wins over the environment",
    { name: "other", env: { DATABASE_URL: "postgresql://env/db" } },
    everything,
    "section",
  ],
  [
    "DATABASE_URL in the environment wins over .env",
    { env: { DATABASE_URL: "postgresql://env/db" } },
    everything,
    "env",
  ],
  ["DATABASE_URL in .env wins over POSTGRES_HOST", {}, everything, "dotenv"],
  ["POSTGRES_HOST wins over migrate.toml", { env: { DATABASE_URL: "" } }, {
    ...everything,
    ".env": "POSTGRES_HOST=dotenv-host\nPOSTGRES_DB=db\n",
  }, "dotenv-host"],
  ["migrate.toml is the last resort", {}, { "migrate.toml": everything["migrate.toml"] }, "config"],
  ["${VAR} in migrate.toml is replaced from the environment", { env: { HOST: "filled" } }, {
    "migrate.toml": 'database_url = "postgresql://${HOST}/db"',
  }, "filled"],
];

for (const [name, options, files, host] of precedence) {
  test(`database URL: ${name}`, async () => {
    expect(await load(files, options, hostOf)).toBe(host);
  });
}

test("database URL: a missing one is an error only when it is needed", async () => {
  await load({}, {}, (it) => {
    expect(it.scriptDirectory).toEndWith("/migrations");
    expect(() => it.databaseUrl()).toThrow(ToolError);
  });
});

test("--env-file is read instead of .env, and never overrides the environment", async () => {
  const files = {
    ".env": "DATABASE_URL=postgresql://dotenv/db\n",
    "other.env": "DATABASE_URL=postgresql://other/db\n",
  };
  expect(await load(files, { envFiles: ["other.env"] }, hostOf)).toBe("other");
  const env = { DATABASE_URL: "postgresql://env/db" };
  expect(await load(files, { envFiles: ["other.env"], env }, hostOf)).toBe("env");
});

test("migrate.toml is found in a parent directory, and its paths are relative to it", async () => {
  const files = {
    "migrate.toml":
      `script_location = "db"\nversion_locations = ["a", "b/c"]\ndatabase_url = "sqlite:///./x.db"`,
  };
  await load(files, { at: "deep/er" }, (it, folder) => {
    expect(it.scriptDirectory).toBe(join(folder, "db"));
    expect(it.versionLocations).toEqual([join(folder, "a"), join(folder, "b/c")]);
    expect(it.databaseUrl()).toEqual({ kind: "sqlite", path: join(folder, "x.db") });
  });
});

test("a relative SQLite path in --database-url is relative to the working directory", async () => {
  await load(
    { "migrate.toml": "" },
    { at: "deep", databaseUrl: "sqlite:///./x.db" },
    (it, folder) => {
      expect(it.databaseUrl()).toEqual({ kind: "sqlite", path: join(folder, "deep/x.db") });
    },
  );
});

test("the keys of migrate.toml are read", async () => {
  const text = `
    file_template = "%%(slug)s"
    truncate_slug_length = 10
    timezone = "UTC"
    version_table = "v"
    version_table_schema = "s"
    history = false
    transaction_per_migration = true
    foreign_keys = true
    lock_wait = "5s"
    recursive_version_locations = true
    dump_after_upgrade = "db/schema.sql"
    [[post_write_hooks]]
    name = "fmt"
    type = "exec"
    executable = "prettier"
    options = "--write REVISION_SCRIPT_FILENAME"
  `;
  await load({ "migrate.toml": text }, {}, (it, folder) => {
    expect(it).toMatchObject({
      dumpAfterUpgrade: join(folder, "db/schema.sql"),
      fileTemplate: "%%(slug)s",
      truncateSlugLength: 10,
      timezone: "UTC",
      versionTable: { schema: "s", name: "v" },
      history: false,
      transactionPerMigration: true,
      foreignKeys: true,
      lockWaitMilliseconds: 5000,
      recursive: true,
      postWriteHooks: [{
        name: "fmt",
        executable: "prettier",
        options: "--write REVISION_SCRIPT_FILENAME",
      }],
    });
  });
});

const broken: readonly (readonly [string, string, Partial<LoadConfigOptions>, string])[] = [
  ["a misspelled key", `versoin_table = "v"`, {}, "version_table"],
  ["a value of the wrong type", `history = "yes"`, {}, "history"],
  ["an empty models path", `models = ""`, {}, "none of them empty"],
  ["a TOML syntax error", `= 1`, {}, "migrate.toml"],
  ["an unknown section", ``, { name: "nope" }, "Leave -n out"],
];

test("a migrate.toml that is a link which leads nowhere is not passed over for one further up", async () => {
  const folder = mkdtempSync(join(tmpdir(), "migrate-config-"));
  try {
    writeFileSync(join(folder, "migrate.toml"), 'database_url = "sqlite:///other.db"');
    mkdirSync(join(folder, "project"));
    symlinkSync("nowhere.toml", join(folder, "project/migrate.toml"));
    await expect(loadConfig({ cwd: join(folder, "project"), env: {} })).rejects.toThrow(
      /No config file .*project\/migrate\.toml' found/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("an empty --config or --database-url is an error, not the default", async () => {
  const text = { "migrate.toml": 'database_url = "sqlite:///a.db"\n' };
  await expect(load(text, { configPath: "" }, () => undefined)).rejects.toThrow(
    "its name is empty",
  );
  await expect(load(text, { databaseUrl: "" }, (it) => it.databaseUrl())).rejects.toThrow(
    "it is empty",
  );
});

for (const [name, text, options, said] of broken) {
  test(`${name} is an error that mentions ${said}`, async () => {
    const error = await load({ "migrate.toml": text }, options, () => undefined).then(
      () => undefined,
      (it) => it,
    );
    expect(error).toBeInstanceOf(ToolError);
    expect(`${error.message} ${error.facts.hint} ${error.facts.file}`).toContain(said);
  });
}
