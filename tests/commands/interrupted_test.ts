import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { current } from "../../lib/commands/current.ts";
import { openEnvironment } from "../../lib/commands/environment.ts";
import { init } from "../../lib/commands/init.ts";
import { upgrade } from "../../lib/commands/upgrade.ts";
import { processContext } from "../../lib/config/process_context.ts";
import { ToolError } from "../../lib/error.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";

test("a command whose signal is aborted throws a ToolError, even before it connects", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "migrate-interrupted-"));
  try {
    init({ ...processContext(), cwd, env: {} }, { directory: "migrations" });
    const mine = new ToolError("lock/busy", "Mine");
    for (const reason of [undefined, "enough", mine]) {
      const context = { ...processContext(AbortSignal.abort(reason)), cwd, env: {} };
      for (const databaseUrl of ["postgresql://nobody@127.0.0.1:1/none", "http://127.0.0.1:1"]) {
        const environment = await openEnvironment(context, { databaseUrl });
        for (const command of [current, upgrade]) {
          const error = await toolErrorOf(() => command(environment, { target: "head" }));
          if (reason === mine) expect(error).toBe(mine);
          else {expect([error.code, error.facts.cause]).toEqual([
              "interrupted",
              context.signal?.reason,
            ]);}
        }
      }
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
