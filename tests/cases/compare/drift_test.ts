import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { databases } from "../../servers/fresh_database.ts";
import { project } from "../project.ts";
import { run } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

for (const { name, fresh } of databases()) {
  describe(name, () => {
    test("check --drift says what somebody changed by hand since the revisions that the database records", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      await it.ok("upgrade", "bbbb");
      expect(await it.ok("check", "--drift")).toMatch(
        /^No drift: .* is what its revisions make\n$/,
      );
      await run(database.url, "ALTER TABLE users ADD COLUMN hack TEXT", "DROP INDEX ix_users_age");
      const { status, stdout } = await it.migrate("check", "--drift");
      expect(status).toBe(3);
      expect(stdout).toMatch(/^.* is not what its revisions make. Since then:\n/);
      expect(stdout).toEndWith(
        "  removed index 'ix_users_age' on 'users' (age)\n  added column 'users.hack'\n",
      );
      const json = JSON.parse((await it.migrate("check", "--drift", "--json")).stdout);
      expect(json).toEqual({
        operations: [],
        drift: [
          expect.objectContaining({ kind: "dropIndex", index: "ix_users_age" }),
          expect.objectContaining({ kind: "addColumn", table: { name: "users" } }),
        ],
      });
    });

    test("drift is what the project compares: what it leaves out is none", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", 'exclude = ["tmp_*"]\n');
      writeRevisions(it, [users]);
      await it.ok("upgrade", "head");
      await run(database.url, "CREATE TABLE tmp_import (n INTEGER)");
      expect(await it.ok("check", "--drift")).toStartWith("No drift");
    });
  });
}
