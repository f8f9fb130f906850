import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";

/** SQLite's language. */
export const sqlite: Dialect = { name: "sqlite", compile, normalize, introspect };
