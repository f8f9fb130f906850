import { dependenciesQuery, partOf } from "./dependencies_query.ts";

/** The columns of the type `$1`, and everything that mentions it or one of them. */
const uses = `WITH types AS (
  SELECT unnest(ARRAY[t.oid, t.typarray]) AS oid FROM pg_type t WHERE t.oid = $1::regtype
), columns AS (
  SELECT a.attrelid, a.attnum FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE a.atttypid IN (SELECT oid FROM types) AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
), uses AS (
  SELECT DISTINCT d.classid, d.objid FROM pg_depend d
  WHERE d.deptype IN ('n', 'a') AND (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT oid FROM types)
    OR d.refclassid = 'pg_class'::regclass AND (d.refobjid, d.refobjsubid) IN (SELECT attrelid, attnum FROM columns))
)`;

const table = "nullif(n.nspname, current_schema()) AS schema, c.relname AS name";

/** Inheriting tables and partitions follow their parent. */
export const columnsQuery = `${uses}
SELECT ${table}, a.attname AS column, t.typcategory = 'A' AS is_array
FROM columns u JOIN pg_attribute a ON a.attrelid = u.attrelid AND a.attnum = u.attnum
JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attinhcount = 0
ORDER BY n.nspname, c.relname, a.attnum`;

/** A default that the parent has as well follows the parent's. */
export const defaultsQuery = `${uses}
SELECT ${table}, a.attname AS column, pg_get_expr(d.adbin, d.adrelid) AS default,
  CASE WHEN a.atttypid IN (SELECT oid FROM types) THEN t.typcategory = 'A' END AS is_array
FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attgenerated = '' AND c.relkind IN ('r', 'p')
  AND (a.atttypid IN (SELECT oid FROM types) OR d.oid IN (SELECT objid FROM uses WHERE classid = 'pg_attrdef'::regclass))
  AND NOT EXISTS (SELECT FROM pg_inherits h JOIN pg_attribute pa ON pa.attrelid = h.inhparent AND pa.attname = a.attname
    JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
    WHERE h.inhrelid = c.oid AND pg_get_expr(pd.adbin, pd.adrelid) = pg_get_expr(d.adbin, d.adrelid))
ORDER BY a.attinhcount, n.nspname, c.relname, a.attnum`;

/** Without keys, which the server rebuilds. Foreign keys come last: they need the keys. */
export const constraintsQuery = `${uses}
SELECT ${table}, k.conname AS constraint, pg_get_constraintdef(k.oid) AS definition
FROM uses u JOIN pg_constraint k ON k.oid = u.objid AND u.classid = 'pg_constraint'::regclass
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('c', 'x', 'f') AND k.conparentid = 0 AND (k.contype <> 'c' OR k.coninhcount = 0)
ORDER BY k.contype = 'f', n.nspname, c.relname, k.conname`;

/**
 * Without those on plain columns, which the server rebuilds. For a partitioned table's index, the server
 * shows ON ONLY, that is, without its partitions.
 */
export const indexesQuery = `${uses}
SELECT nullif(n.nspname, current_schema()) AS schema, i.relname AS name,
  CASE i.relkind WHEN 'I' THEN regexp_replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON ') ELSE pg_get_indexdef(i.oid) END AS definition
FROM uses u JOIN pg_index x ON x.indexrelid = u.objid AND u.classid = 'pg_class'::regclass
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'p')
WHERE (x.indexprs IS NOT NULL OR x.indpred IS NOT NULL) AND NOT i.relispartition
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)
ORDER BY n.nspname, i.relname`;

/** The ids of the objects that use it and are neither tables nor parts of one; statistics follow their columns. */
export const usersQuery = `${uses}
SELECT DISTINCT id FROM uses u CROSS JOIN LATERAL (SELECT ${
  partOf("u.classid", "u.objid")
} AS id) whole
WHERE u.classid <> 'pg_statistic_ext'::regclass AND (id !~ '^pg_class/' OR EXISTS (
  SELECT FROM pg_class c WHERE 'pg_class/' || c.oid = id AND c.relkind NOT IN ('r', 'p')))
  AND id NOT IN (SELECT 'pg_type/' || oid FROM types)
UNION ALL
SELECT 'pg_attrdef/' || d.oid FROM uses u JOIN pg_attrdef d ON d.oid = u.objid AND u.classid = 'pg_attrdef'::regclass
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated <> ''`;

/** What needs what, except for the defaults, constraints and indexes that are dropped anyway. */
export const othersNeedsQuery = `${uses}${dependenciesQuery} AND (d.classid, d.objid) NOT IN (
  SELECT classid, objid FROM uses u WHERE classid IN ('pg_constraint'::regclass, 'pg_attrdef'::regclass)
    OR classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_index x WHERE x.indexrelid = u.objid))`;

const id = "split_part(id, '/', 1)::regclass AS catalogue, split_part(id, '/', 2)::oid AS oid";

/** Descriptions for people of the objects whose ids are `$1`, separated by commas. */
export const descriptionsQuery = `
SELECT pg_describe_object(catalogue, oid, 0) AS text
FROM unnest(string_to_array($1, ',')) id CROSS JOIN LATERAL (SELECT ${id}) named ORDER BY 1`;
