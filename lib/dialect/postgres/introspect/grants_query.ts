/** Everything that privileges can be granted on, with its privileges, and the defaults, which need not be stated. */
const rights = [
  `SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || $name(n.nspname, c.relname) AS target,
    json_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname) AS on_table,
    c.relowner AS owner, c.relacl AS acl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual,
    NULL::name AS column
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND $wanted`,
  `SELECT 'TABLE ' || $name(n.nspname, c.relname),
    json_build_object('schema', nullif(n.nspname, current_schema()), 'name', c.relname), c.relowner, a.attacl, NULL, a.attname
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND $wanted`,
  `SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || $name(n.nspname, p.proname) || '(' || oidvectortypes(p.proargtypes) || ')',
    NULL, p.proowner, p.proacl, acldefault('f', p.proowner), NULL
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE $wanted`,
  `SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || $name(n.nspname, t.typname), NULL, t.typowner, t.typacl, acldefault('T', t.typowner), NULL
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE $wanted`,
  `SELECT 'SCHEMA ' || quote_ident(n.nspname), NULL, n.nspowner, n.nspacl,
    acldefault('n', n.nspowner) || coalesce((SELECT i.initprivs FROM pg_init_privs i
      WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid), '{}'), NULL
  FROM pg_namespace n WHERE $wanted`,
];

/**
 * The privileges of roles beyond the defaults: one row per role and object, of the same shape as the rows
 * for objects. Columns have no order, and several roles may have granted the same.
 * https://www.postgresql.org/docs/current/ddl-priv.html
 */
export const grantsQuery = `
SELECT 'grant' AS kind, on_table::json AS on_table, name, privileges || ' ON ' || target AS arguments,
  'GRANT ' || privileges || ' ON ' || target || ' TO ' || CASE name WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(name) END
    || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS definition
FROM (
  SELECT target, on_table, name, is_grantable,
    CASE WHEN count(*) = all_rights AND all_rights > 1 THEN 'ALL' ELSE string_agg(privilege, ', ' ORDER BY privilege COLLATE "C") END AS privileges
  FROM (
    SELECT target, on_table::text AS on_table, CASE WHEN x.grantee = 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END AS name, x.is_grantable,
      (SELECT count(*) FROM aclexplode(usual) u WHERE u.grantee = owner) AS all_rights,
      x.privilege_type || coalesce(' (' || string_agg(DISTINCT quote_ident("column") COLLATE "C", ', ') || ')', '') AS privilege
    FROM (
      ${rights.join("\n      UNION ALL\n      ")}
    ) rights CROSS JOIN LATERAL aclexplode(acl) x
    WHERE x.grantee <> owner AND NOT EXISTS (SELECT FROM aclexplode(usual) u
      WHERE u.grantee = x.grantee AND u.privilege_type = x.privilege_type)
    GROUP BY 1, 2, 3, 4, 5, x.privilege_type
  ) each
  GROUP BY target, on_table, name, is_grantable, all_rights
) grants ORDER BY target, name, is_grantable, privileges`;
