import { basename, join } from "node:path";
import { thrownMessage } from "../../script/code/thrown_message.ts";
import { newBackupFile } from "../../script/write/new_backup_file.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Report } from "../../report/event.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import { dumpPostgres } from "./dump_postgres.ts";
import type { Environment } from "../environment.ts";
import type { OpenDatabase } from "../database/with_database.ts";

/**
 * Backs up the whole database to a new file in `folder`, which only its owner can read, and returns
 * its path.
 *
 * @throws {ToolError} `backup/failed` if that fails; no partial file is left then.
 */
export async function saveDatabase(
  open: OpenDatabase,
  folder: string,
  { environment, plan, report }: {
    readonly environment: Environment;
    readonly plan: Plan;
    readonly report: Report;
  },
): Promise<string> {
  const { database: { connection }, url } = open;
  const { context } = environment;
  if (connection.kind === "libsql") {
    throw new ToolError(
      "backup/failed",
      "Cannot save the database: a libSQL server cannot be copied to a file here",
      {
        hint:
          "Save it where the server runs, and leave out --backup, or backup in the configuration",
      },
    );
  }
  const name = url.kind === "postgres"
    ? url.database
    : url.kind === "sqlite"
    ? basename(url.path).replace(/\.\w+$/, "")
    : "";
  const time = context.now().toISOString().replace(/\.\d+Z$/, "Z").replaceAll(/[-:]/g, "");
  const place = plan.from.join("_") || "base";
  const ending = url.kind === "postgres" ? "dump" : "db";
  const clock = performance.now();
  const wanted = `${name}_${time}_${place}.${ending}`.replaceAll(/[^\w.-]/g, "-");
  await using file = await newBackupFile(join(folder, wanted));
  if (url.kind === "postgres") await dumpPostgres(url, file.path, { environment, connection });
  else {
    await connection.query({ sql: `VACUUM INTO ${quoteLiteral(file.path, "sqlite")}` })
      .catch((cause: unknown) => {
        throw new ToolError("backup/failed", `Cannot save the database: ${thrownMessage(cause)}`, {
          file: file.path,
          hint: damageHint(cause) ?? "Free space for it, or name another folder with --backup=DIR",
          cause,
        });
      });
  }
  const kept = file.keep();
  report({ kind: "backedUp", file: kept, milliseconds: performance.now() - clock });
  return kept;
}

/** Returns what to do about the database itself, if it is that which cannot be read. */
function damageHint(cause: unknown): string | undefined {
  const isDamaged = cause instanceof DatabaseError &&
    /^SQLITE_(CORRUPT|NOTADB)/.test(cause.answer.sqlState ?? "");
  return isDamaged ? cause.facts.hint : undefined;
}
