/**
 * Everything about tables: one query for each catalogue that has a row for each table, or for each part of one, so
 * that the server reads each catalogue once. The catalogues: https://www.postgresql.org/docs/current/catalogs.html
 */

import { collationFacts } from "./collation.ts";

/** The tables themselves. */
export const tablesQuery = `
SELECT c.oid AS id, c.relname AS name, nullif(n.nspname, $here) AS schema, d.description AS comment,
  c.relpersistence = 'u' AS unlogged, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
  to_json(c.reloptions || (SELECT array_agg('toast.' || o) FROM unnest(f.reloptions) o)) AS parameters,
  s.spcname AS tablespace, CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_by,
  pg_get_expr(c.relpartbound, c.oid) AS bounds, h.parents
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_class f ON f.oid = c.reltoastrelid
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
LEFT JOIN (SELECT h.inhrelid, json_agg(json_build_object('schema', nullif(pn.nspname, $here), 'name', p.relname) ORDER BY h.inhseqno) AS parents
  FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
  GROUP BY h.inhrelid) h ON h.inhrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND $wanted
  AND c.oid NOT IN (SELECT e.objid FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.deptype = 'e')
ORDER BY n.nspname, c.relname`;

/**
 * The columns of tables, inherited ones included. As they are many, single letters in `letters` say whether
 * one is inherited, may be null, is of an enum type or an array of one, what computes it, and its identity.
 */
export const columnsQuery = `
SELECT a.attrelid AS "table", a.attnum AS number, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  concat(CASE WHEN NOT a.attislocal THEN 'i' END, CASE WHEN NOT a.attnotnull THEN 'n' END,
    CASE WHEN t.typtype = 'e' THEN 'E' WHEN e.typtype = 'e' THEN 'A' END, upper(nullif(a.attgenerated, '')), nullif(a.attidentity, '')) AS letters,
  CASE WHEN t.typtype = 'e' THEN t.oid WHEN e.typtype = 'e' THEN e.oid END AS enum,
  CASE WHEN a.attcollation <> t.typcollation THEN ${collationFacts("o")} END AS collation,
  CASE WHEN a.atthasdef THEN pg_get_expr(d.adbin, d.adrelid) END AS value, m.description AS comment
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
LEFT JOIN pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_description m ON m.classoid = 'pg_class'::regclass AND m.objoid = a.attrelid AND m.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND $wanted
ORDER BY a.attrelid, a.attnum`;

/** All enum types of any schema: columns may have any. */
export const columnEnumsQuery = `
SELECT t.oid AS id, nullif(n.nspname, $here) AS schema, t.typname AS name, json_agg(v.enumlabel ORDER BY v.enumsortorder) AS values
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum v ON v.enumtypid = t.oid
GROUP BY t.oid, n.nspname, t.typname`;

/** The sequences `q` of identity columns and of SERIAL ones, whose whole default is the sequence's next value. */
export const columnSequences = `pg_depend l JOIN pg_sequence q ON q.seqrelid = l.objid
JOIN pg_attribute a ON a.attrelid = l.refobjid AND a.attnum = l.refobjsubid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid AND u.refclassid = 'pg_class'::regclass AND u.refobjid = q.seqrelid
WHERE l.classid = 'pg_class'::regclass AND l.refclassid = 'pg_class'::regclass AND l.refobjsubid > 0
  AND (l.deptype = 'i' AND a.attidentity <> '' OR l.deptype = 'a' AND u.objid IS NOT NULL
    AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
    AND pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\(''([^'']|'''')*''::regclass\\)$')`;

export const columnSequencesQuery = `
SELECT l.refobjid AS "table", l.refobjsubid AS number, l.deptype = 'a' AS serial, $sequence AS sequence,
  (SELECT relname FROM pg_class WHERE oid = q.seqrelid) AS name
FROM ${columnSequences}`;

/** The facts of an element `u` of an index `x`. */
const elementFacts =
  `'column', a.attname, 'expression', CASE WHEN a.attnum IS NULL THEN pg_get_indexdef(x.indexrelid, u.place::int, true) END,
      'collation', CASE WHEN CASE WHEN a.attnum IS NOT NULL THEN u.sorting NOT IN (0, a.attcollation) ELSE
        u.sorting NOT IN (0, 'pg_catalog."default"'::regcollation) AND strpos(pg_get_indexdef(x.indexrelid), pg_get_indexdef(x.indexrelid, u.place::int, false) || ' COLLATE ') > 0 END THEN ${
    collationFacts("co")
  } END,
      'operatorClass', CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL THEN
        CASE WHEN pg_opclass_is_visible(oc.oid) THEN '' ELSE quote_ident(oc.opcnamespace::regnamespace::text) || '.' END
        || quote_ident(oc.opcname) || coalesce(' (' || array_to_string(ia.attoptions, ', ') || ')', '') END,
      'descending', u.option & 1 = 1, 'nullsFirst', u.option & 2 = 2, 'ordered', m.amname = 'btree'`;

const elements =
  `unnest(x.indkey, x.indclass, x.indcollation, x.indoption) WITH ORDINALITY u (number, class, sorting, option, place)`;

const besidesElements =
  `LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.number AND u.number <> 0
    JOIN pg_attribute ia ON ia.attrelid = x.indexrelid AND ia.attnum = u.place
    LEFT JOIN pg_opclass oc ON oc.oid = u.class LEFT JOIN pg_collation co ON co.oid = u.sorting`;

/** The storage options of the index `x`, whose row in `pg_class` is `i`. */
const storage =
  `to_json(i.reloptions) AS parameters, st.spcname AS tablespace, x.indkey::text AS "key", x.indnkeyatts AS keys,
  $nullsNotDistinct AS "nullsNotDistinct"`;

/** The constraints of tables; columns are numbers, also those of referenced tables. */
export const constraintsQuery = `
SELECT k.conrelid AS "table", k.conname AS name, k.contype AS type, k.condeferrable AS deferrable, k.condeferred AS deferred,
  k.confupdtype AS update, k.confdeltype AS delete, k.confmatchtype AS match, k.convalidated AS validated, k.connoinherit AS "noInherit",
  $enforced AS enforced, $period AS period,
  k.conkey::text AS columns, f.oid AS foreign, f.relname AS to_name, nullif(fn.nspname, $here) AS to_schema, k.confkey::text AS "references",
  $deleteColumns AS "deleteColumns", CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS check, ${storage},
  CASE WHEN k.contype = 'x' THEN m.amname END AS using, CASE WHEN k.contype = 'x' THEN pg_get_expr(x.indpred, x.indrelid) END AS where,
  CASE WHEN k.contype = 'x' THEN (SELECT json_agg(json_build_object('operator', op.oprname, ${elementFacts}) ORDER BY u.place)
    FROM unnest(k.conexclop) WITH ORDINALITY e (operator, place) JOIN pg_operator op ON op.oid = e.operator
    JOIN ${elements} ON u.place = e.place ${besidesElements}) END AS elements
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_index x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_class i ON i.oid = x.indexrelid LEFT JOIN pg_am m ON m.oid = i.relam
LEFT JOIN pg_tablespace st ON st.oid = i.reltablespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conislocal AND k.conparentid = 0 AND c.relkind IN ('r', 'p') AND $wanted
ORDER BY k.conrelid, k.conname`;

/** The columns of tables in other schemas that foreign keys refer to. */
export const foreignColumnsQuery = `
SELECT a.attrelid AS "table", a.attnum AS number, a.attname AS name FROM pg_attribute a
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (
  SELECT k.confrelid FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype = 'f' AND f.relnamespace <> c.relnamespace AND $wanted)`;

/** The indexes of tables, without those of constraints. One on plain columns in default order has no `elements`. */
export const indexesQuery = `
SELECT x.indrelid AS "table", i.relname AS name, x.indisunique AS unique, pg_get_expr(x.indpred, x.indrelid) AS where, m.amname AS using, ${storage},
  CASE WHEN 0 = ANY (x.indkey) OR NOT x.indclass::oid[] <@ (SELECT array_agg(oid) FROM pg_opclass WHERE opcdefault)
    OR EXISTS (SELECT FROM unnest(x.indoption) o (flags) WHERE flags <> 0)
    OR NOT x.indcollation::oid[] <@ ARRAY[0::oid, 'pg_catalog."default"'::regcollation::oid]
    OR x.indrelid IN (SELECT attrelid FROM pg_attribute WHERE attcollation NOT IN (0, 'pg_catalog."default"'::regcollation))
    OR x.indexrelid IN (SELECT attrelid FROM pg_attribute WHERE attoptions IS NOT NULL)
  THEN (SELECT json_agg(json_build_object(${elementFacts}) ORDER BY u.place)
    FROM ${elements} ${besidesElements} WHERE u.place <= x.indnkeyatts) END AS elements
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_tablespace st ON st.oid = i.reltablespace
WHERE c.relkind IN ('r', 'p') AND $wanted AND NOT i.relispartition
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = c.oid)
ORDER BY x.indrelid, i.relname`;
