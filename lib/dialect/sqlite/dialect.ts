import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { compileDeferred } from "./compile_deferred.ts";
import { deferral } from "./deferral.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";
import { sessionPragmas } from "./session_pragmas.ts";
import { unread } from "./unread.ts";

/** SQLite's dialect. */
export const sqlite: Dialect = {
  name: "sqlite",
  session: sessionPragmas,
  compile,
  belongings: () => undefined,
  deferral,
  compileDeferred,
  asWritten: (operation) => operation,
  normalize,
  introspect,
  unread,
};
