import type { Dialect } from "../dialect.ts";
import { compile } from "./compile.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";

/** PostgreSQL's language. */
export const postgres: Dialect = { name: "postgres", compile, normalize, introspect };
