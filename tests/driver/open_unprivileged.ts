/**
 * Gives up the privileges of root, and opens the SQLite files in the arguments. Writes the error of each as
 * one line, or `opened`.
 */
import { nobody } from "../servers/nobody.ts";
import { connect } from "./connect.ts";

// Loads the driver, which may be where only root can read it.
await (await connect("sqlite://"))[Symbol.asyncDispose]();
if (process.getuid?.() === 0) {
  const { uid, gid } = nobody();
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}
for (const path of process.argv.slice(2)) {
  try {
    await using _ = await connect(`sqlite:///${path}`);
    console.log("opened");
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
}
