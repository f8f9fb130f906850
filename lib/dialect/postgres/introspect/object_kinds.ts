import { collationName } from "./collation.ts";
import { columnSequences } from "./tables_query.ts";

/** Returns the condition that the row `oid` of the catalogue `of` belongs to no extension. */
function own(of: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${of}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
}

/** The enum types, one row each. */
export const enumsQuery = `
SELECT nullif(n.nspname, current_schema()) AS schema, t.typname AS name,
  (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND $wanted AND ${own("pg_type", "t.oid")}
ORDER BY n.nspname, t.typname`;

/** Returns the columns that the query of every kind has; `id` is the one that dependencies use. */
function object(
  catalogue: string,
  oid: string,
  { kind, name, on = "NULL::json", types = "NULL", definition, sequence = "NULL::json" }: {
    readonly kind: string;
    readonly name: string;
    readonly on?: string;
    readonly types?: string;
    readonly definition: string;
    readonly sequence?: string;
  },
): string {
  return `SELECT ${oid}, '${catalogue}/' || ${oid} AS id, ${kind} AS kind, nullif(n.nspname, current_schema()) AS schema,
    ${name}::text AS name, ${on} AS "on", ${types} AS arguments, ${definition} AS definition, ${sequence} AS sequence`;
}

const table = "json_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname)";

/** https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG */
const views = `${
  object("pg_class", "c.oid", {
    kind: "CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materializedView' END",
    name: "c.relname",
    definition:
      `'CREATE ' || CASE c.relkind WHEN 'v' THEN '' ELSE 'MATERIALIZED ' END || 'VIEW ' || $name(n.nspname, c.relname)
      || coalesce(' WITH (' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) o) || ')', '')
      || ' AS' || chr(10) || rtrim(pg_get_viewdef(c.oid), ';')`,
  })
}
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND $wanted AND ${own("pg_class", "c.oid")}`;

/**
 * Without aggregates, for which the server has no function that returns their statement. The statement
 * always names the schema. The constructors of a range type are part of the type.
 */
const routines = `${
  object("pg_proc", "p.oid", {
    kind: "CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END",
    name: "p.proname",
    types: "oidvectortypes(p.proargtypes)",
    definition:
      `'CREATE ' || k.word || $name(n.nspname, p.proname) || rtrim(substr(pg_get_functiondef(p.oid),
      1 + length('CREATE OR REPLACE ' || k.word || quote_ident(n.nspname) || '.' || quote_ident(p.proname))), chr(10))`,
  })
}
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END) k (word)
  WHERE p.prokind IN ('f', 'p', 'w') AND $wanted AND ${own("pg_proc", "p.oid")}
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`;

/** With "pretty", the server qualifies the view only if it must. */
const indexes = `${
  object("pg_class", "i.oid", {
    kind: "'index'",
    name: "i.relname",
    on: table,
    definition: "pg_get_indexdef(i.oid, 0, true)",
  })
}
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'm' AND $wanted AND ${own("pg_class", "c.oid")}`;

/** With "pretty", the server qualifies the table only if it must. */
const triggers = `${
  object("pg_trigger", "g.oid", {
    kind: "'trigger'",
    name: "g.tgname",
    on: table,
    definition: "pg_get_triggerdef(g.oid, true)",
  })
}
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND $wanted AND ${own("pg_class", "c.oid")}`;

const policies = `${
  object("pg_policy", "o.oid", {
    kind: "'policy'",
    name: "o.polname",
    on: table,
    definition: `'CREATE POLICY ' || quote_ident(o.polname) || ' ON ' || $name(n.nspname, c.relname)
      || CASE WHEN o.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
      || CASE o.polcmd WHEN '*' THEN '' WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' ELSE ' FOR DELETE' END
      || CASE WHEN o.polroles = '{0}' THEN '' ELSE ' TO ' || (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
        FROM pg_roles r WHERE r.oid = ANY (o.polroles)) END
      || coalesce(' USING (' || pg_get_expr(o.polqual, o.polrelid) || ')', '')
      || coalesce(' WITH CHECK (' || pg_get_expr(o.polwithcheck, o.polrelid) || ')', '')`,
  })
}
  FROM pg_policy o JOIN pg_class c ON c.oid = o.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE $wanted AND ${own("pg_class", "c.oid")}`;

const counters = `(SELECT q.seqrelid FROM ${columnSequences})`;

/** Without those that number a column, be it an identity or a serial one: they belong to the table. */
const sequences = `${
  object("pg_class", "c.oid", {
    kind: "'sequence'",
    name: "c.relname",
    definition:
      `'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'SEQUENCE ' || $name(n.nspname, c.relname)
      || CASE WHEN q.seqtypid = 'bigint'::regtype THEN '' ELSE ' AS ' || format_type(q.seqtypid, NULL) END`,
    sequence: "$sequence",
  })
}
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
  WHERE $wanted AND ${own("pg_class", "c.oid")} AND c.oid NOT IN ${counters}`;

/** Which column owns which sequence, again without those that number a column. */
const ownedSequences = `${
  object("owned", "s.oid", {
    kind: "'ownedSequence'",
    name: "s.relname",
    on: table,
    types: "a.attname",
    definition: `'ALTER SEQUENCE ' || $name(n.nspname, s.relname)
      || ' OWNED BY ' || $name(n.nspname, c.relname) || '.' || quote_ident(a.attname)`,
  })
}
  FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
    AND $wanted AND ${own("pg_class", "s.oid")} AND s.oid NOT IN ${counters}`;

const domains = `${
  object("pg_type", "t.oid", {
    kind: "'domain'",
    name: "t.typname",
    definition:
      `'CREATE DOMAIN ' || $name(n.nspname, t.typname) || ' AS ' || format_type(t.typbasetype, t.typtypmod)
      || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || ${
        collationName("o")
      } ELSE '' END
      || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')`,
  })
}
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_collation o ON o.oid = t.typcollation
  WHERE t.typtype = 'd' AND $wanted AND ${own("pg_type", "t.oid")}`;

const compositeTypes = `${
  object("pg_class", "c.oid", {
    kind: "'compositeType'",
    name: "c.relname",
    definition:
      `'CREATE TYPE ' || $name(n.nspname, c.relname) || ' AS (' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' '
      || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || ${
        collationName("o")
      } ELSE '' END,
        ', ' ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation o ON o.oid = a.attcollation
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'`,
  })
}
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'c' AND $wanted AND ${own("pg_type", "c.reltype")}`;

/** An extension belongs to the database: no schema holds it, only the objects that it creates. */
const extensions = `${
  object("pg_extension", "e.oid", {
    kind: "'extension'",
    name: "e.extname",
    definition: `'CREATE EXTENSION ' || quote_ident(e.extname)
      || CASE WHEN n.nspname = current_schema() THEN '' ELSE ' SCHEMA ' || quote_ident(n.nspname) END`,
  })
}
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname <> 'plpgsql'`;

const schemas = `${
  object("pg_namespace", "n.oid", {
    kind: "'schema'",
    name: "n.nspname",
    definition: "'CREATE SCHEMA ' || quote_ident(n.nspname)",
  })
}
  FROM pg_namespace n
  WHERE $wanted AND n.nspname NOT IN ('public', current_schema()) AND ${
  own("pg_namespace", "n.oid")
}`;

/**
 * The kinds of objects, by name: what they are, and whether the database can have some in any schema. The
 * server's own have lower ids than 16384:
 * https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT
 */
export const kinds: Readonly<Record<string, readonly [query: string, present: string]>> = {
  schemas: [schemas, "pg_namespace WHERE oid >= 16384"],
  extensions: [extensions, "pg_extension WHERE extname <> 'plpgsql'"],
  sequences: [sequences, "pg_class WHERE oid >= 16384 AND relkind = 'S'"],
  ownedSequences: [ownedSequences, "pg_class WHERE oid >= 16384 AND relkind = 'S'"],
  domains: [domains, "pg_type WHERE oid >= 16384 AND typtype = 'd'"],
  compositeTypes: [compositeTypes, "pg_class WHERE oid >= 16384 AND relkind = 'c'"],
  routines: [routines, "pg_proc WHERE oid >= 16384"],
  views: [views, "pg_class WHERE oid >= 16384 AND relkind IN ('v', 'm')"],
  indexes: [indexes, "pg_class WHERE oid >= 16384 AND relkind = 'm'"],
  triggers: [triggers, "pg_trigger WHERE NOT tgisinternal"],
  policies: [policies, "pg_policy"],
};
