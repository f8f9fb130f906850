/**
 * A program that rebuilds the table t of the given SQLite file, and kills itself by SIGKILL after the
 * statement with the given number. It prints how many statements there are.
 */
import { sqlite } from "../../../lib/dialect/sqlite/dialect.ts";
import { connect } from "../../driver/connect.ts";

const [path = "", last = ""] = process.argv.slice(2);
const connection = await connect(`sqlite:///${path}`);
await connection.transaction(async (session) => {
  const table = { name: "t" };
  const statements = await sqlite.compileDeferred([
    { operation: { kind: "alterColumn", table, column: "a", change: { nullable: false } } },
    { operation: { kind: "renameColumn", table, column: "a", to: "z" } },
  ], session);
  for (const [at, statement] of statements.entries()) {
    await session.query(statement);
    if (at + 1 === Number(last)) process.kill(process.pid, "SIGKILL");
  }
  process.stdout.write(String(statements.length));
}, { foreignKeys: false });
await connection[Symbol.asyncDispose]();
