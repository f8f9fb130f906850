/** The enum types, one row each. */
export const enumsQuery = `
SELECT nullif(n.nspname, current_schema()) AS schema, t.typname AS name,
  (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND $wanted
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname`;

/** Says that what has the oid `oid` in the catalogue `of` belongs to no extension. */
function own(of: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${of}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;
}

const where = "nullif(n.nspname, current_schema()) AS schema";

/**
 * Everything that is made by a statement of its own, with that statement, in the order in which it was
 * made: what needs another came after it.
 */
export const objectsQuery = `
SELECT kind, schema, name, "on", arguments, definition FROM (
  SELECT c.oid, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materializedView' END AS kind, ${where}, c.relname::text AS name,
    NULL::json AS "on", NULL AS arguments,
    'CREATE ' || CASE c.relkind WHEN 'v' THEN '' ELSE 'MATERIALIZED ' END || 'VIEW ' || $name(n.nspname, c.relname)
      || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
      || ' AS' || chr(10) || rtrim(pg_get_viewdef(c.oid), ';') AS definition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND $wanted AND ${own("pg_class", "c.oid")}
  UNION ALL
  SELECT p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, ${where}, p.proname::text,
    NULL, oidvectortypes(p.proargtypes), rtrim(pg_get_functiondef(p.oid), chr(10))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p', 'w') AND $wanted AND ${own("pg_proc", "p.oid")}
  UNION ALL
  SELECT g.oid, 'trigger', NULL, g.tgname::text,
    json_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname), NULL, pg_get_triggerdef(g.oid)
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT g.tgisinternal AND coalesce((to_jsonb(g) ->> 'tgparentid')::oid, 0) = 0 AND $wanted AND ${
  own("pg_class", "c.oid")
}
  UNION ALL
  SELECT o.oid, 'policy', NULL, o.polname::text,
    json_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname), NULL,
    'CREATE POLICY ' || quote_ident(o.polname) || ' ON ' || $name(n.nspname, c.relname)
      || CASE WHEN o.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
      || CASE o.polcmd WHEN '*' THEN '' WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' ELSE ' FOR DELETE' END
      || CASE WHEN o.polroles = '{0}' THEN '' ELSE ' TO ' || (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
        FROM pg_roles r WHERE r.oid = ANY (o.polroles)) END
      || coalesce(' USING (' || pg_get_expr(o.polqual, o.polrelid) || ')', '')
      || coalesce(' WITH CHECK (' || pg_get_expr(o.polwithcheck, o.polrelid) || ')', '')
  FROM pg_policy o JOIN pg_class c ON c.oid = o.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE $wanted
  UNION ALL
  SELECT c.oid, 'sequence', ${where}, c.relname::text, NULL, NULL,
    'CREATE SEQUENCE ' || $name(n.nspname, c.relname) || ' AS ' || format_type(q.seqtypid, NULL) || ' INCREMENT BY ' || q.seqincrement
      || ' MINVALUE ' || q.seqmin || ' MAXVALUE ' || q.seqmax || ' START WITH ' || q.seqstart || ' CACHE ' || q.seqcache
      || CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
  WHERE $wanted AND ${own("pg_class", "c.oid")}
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
  UNION ALL
  SELECT t.oid, 'domain', ${where}, t.typname::text, NULL, NULL,
    'CREATE DOMAIN ' || $name(n.nspname, t.typname) || ' AS ' || format_type(t.typbasetype, t.typtypmod)
      || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || quote_ident(o.collname) ELSE '' END
      || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_collation o ON o.oid = t.typcollation
  WHERE t.typtype = 'd' AND $wanted AND ${own("pg_type", "t.oid")}
  UNION ALL
  SELECT t.oid, 'compositeType', ${where}, t.typname::text, NULL, NULL,
    'CREATE TYPE ' || $name(n.nspname, t.typname) || ' AS (' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' '
      || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
  WHERE $wanted AND ${own("pg_type", "t.oid")}
  UNION ALL
  SELECT e.oid, 'extension', NULL, e.extname::text, NULL, NULL,
    'CREATE EXTENSION ' || quote_ident(e.extname)
      || CASE WHEN n.nspname = current_schema() THEN '' ELSE ' SCHEMA ' || quote_ident(n.nspname) END
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname <> 'plpgsql'
  UNION ALL
  SELECT n.oid, 'schema', NULL, n.nspname::text, NULL, NULL, 'CREATE SCHEMA ' || quote_ident(n.nspname)
  FROM pg_namespace n WHERE $wanted AND n.nspname NOT IN ('public', current_schema())
) found ORDER BY oid`;
