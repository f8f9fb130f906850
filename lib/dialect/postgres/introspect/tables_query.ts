/** What an element `u` of an index `x` says. */
const elementFacts =
  `'column', a.attname, 'expression', pg_get_indexdef(x.indexrelid, u.place::int, true),
          'collation', CASE WHEN CASE WHEN a.attnum IS NOT NULL THEN u.sorting NOT IN (0, a.attcollation) ELSE
            strpos(pg_get_indexdef(x.indexrelid), pg_get_indexdef(x.indexrelid, u.place::int, false) || ' COLLATE ') > 0 END THEN co.collname END,
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

/**
 * Everything about the tables, one row each, its parts as JSON. What servers older than 18 lack is asked
 * of the row as a JSON value (`to_jsonb(x) ->> …`), which has no missing columns. The catalogue's pages
 * are https://www.postgresql.org/docs/current/catalogs.html
 */
export const tablesQuery = `
SELECT c.relname AS name, nullif(n.nspname, current_schema()) AS schema, obj_description(c.oid, 'pg_class') AS comment,
  c.relpersistence = 'u' AS unlogged, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
  to_json(c.reloptions) AS parameters, s.spcname AS tablespace,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_by,
  pg_get_expr(c.relpartbound, c.oid) AS bounds,
  (SELECT json_agg(json_build_object('schema', nullif(pn.nspname, current_schema()), 'name', p.relname) ORDER BY h.inhseqno)
    FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE h.inhrelid = c.oid) AS parents,
  (SELECT coalesce(json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull,
      'enum', CASE WHEN 'e' IN (t.typtype, e.typtype) THEN
        (SELECT json_build_object('schema', nullif(en.nspname, current_schema()), 'name', et.typname,
            'values', (SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_enum v WHERE v.enumtypid = et.oid))
          FROM pg_type et JOIN pg_namespace en ON en.oid = et.typnamespace
          WHERE et.oid = CASE WHEN t.typtype = 'e' THEN t.oid ELSE e.oid END) END,
      'isArray', t.typtype <> 'e' AND e.typtype = 'e',
      'collation', CASE WHEN a.attcollation <> t.typcollation THEN o.collname END,
      'default', CASE WHEN a.attgenerated = '' AND l.deptype IS DISTINCT FROM 'a' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'stored', a.attgenerated = 's', 'comment', col_description(c.oid, a.attnum),
      'identity', CASE l.deptype WHEN 'a' THEN 's' ELSE a.attidentity END,
      'sequence', CASE WHEN l.objid IS NOT NULL THEN (SELECT $sequence FROM pg_sequence q WHERE q.seqrelid = l.objid) END
    ) ORDER BY a.attnum), '[]')
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_collation o ON o.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_depend l ON l.classid = 'pg_class'::regclass AND l.refclassid = 'pg_class'::regclass
      AND l.refobjid = c.oid AND l.refobjsubid = a.attnum AND (l.deptype = 'i' AND a.attidentity <> '' OR l.deptype = 'a'
        AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AND EXISTS (SELECT FROM pg_depend u
          WHERE u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid AND u.refclassid = 'pg_class'::regclass AND u.refobjid = l.objid))
      AND EXISTS (SELECT FROM pg_sequence q WHERE q.seqrelid = l.objid)
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attislocal) AS columns,
  (SELECT coalesce(json_agg(json_build_object(
      'name', k.conname, 'type', k.contype, 'deferrable', k.condeferrable, 'deferred', k.condeferred,
      'update', k.confupdtype, 'delete', k.confdeltype, 'match', k.confmatchtype,
      'validated', k.convalidated, 'noInherit', k.connoinherit,
      'columns', (SELECT coalesce(json_agg(a.attname ORDER BY u.place), '[]') FROM unnest(k.conkey) WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
      'table', f.relname, 'schema', nullif(fn.nspname, current_schema()),
      'references', (SELECT coalesce(json_agg(a.attname ORDER BY u.place), '[]') FROM unnest(k.confkey) WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number),
      'check', CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END,
      'nullsNotDistinct', coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false),
      'parameters', to_json(i.reloptions), 'tablespace', kt.spcname,
      'include', CASE WHEN x.indnatts > x.indnkeyatts THEN (SELECT json_agg(a.attname ORDER BY u.place)
        FROM unnest(x.indkey) WITH ORDINALITY u (number, place) JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.number
        WHERE u.place > x.indnkeyatts) END,
      'deleteColumns', CASE WHEN to_jsonb(k) -> 'confdelsetcols' <> 'null' THEN (SELECT json_agg(a.attname ORDER BY u.place)
        FROM jsonb_array_elements_text(to_jsonb(k) -> 'confdelsetcols') WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number::int) END,
      'using', CASE WHEN k.contype = 'x' THEN m.amname END,
      'where', CASE WHEN k.contype = 'x' THEN pg_get_expr(x.indpred, x.indrelid) END,
      'elements', CASE WHEN k.contype = 'x' THEN (SELECT json_agg(json_build_object(
          'operator', op.oprname, ${elementFacts}
        ) ORDER BY u.place)
        FROM unnest(k.conexclop) WITH ORDINALITY e (operator, place) JOIN pg_operator op ON op.oid = e.operator
        JOIN ${elements} ON u.place = e.place ${besidesElements}) END
    ) ORDER BY k.conname), '[]')
    FROM pg_constraint k LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    LEFT JOIN pg_index x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_class i ON i.oid = x.indexrelid LEFT JOIN pg_am m ON m.oid = i.relam
    LEFT JOIN pg_tablespace kt ON kt.oid = i.reltablespace
    WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conislocal AND k.conparentid = 0) AS constraints,
  (SELECT coalesce(json_agg(json_build_object(
      'name', i.relname, 'unique', x.indisunique, 'where', pg_get_expr(x.indpred, x.indrelid), 'using', m.amname,
      'nullsNotDistinct', coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false),
      'parameters', to_json(i.reloptions), 'tablespace', st.spcname,
      'include', (SELECT json_agg(a.attname ORDER BY u.place) FROM unnest(x.indkey) WITH ORDINALITY u (number, place)
        JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.number WHERE u.place > x.indnkeyatts),
      'on', (SELECT json_agg(json_build_object(
${elementFacts}) ORDER BY u.place)
        FROM ${elements} ${besidesElements} WHERE u.place <= x.indnkeyatts)
    ) ORDER BY i.relname), '[]')
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
    LEFT JOIN pg_tablespace st ON st.oid = i.reltablespace
    WHERE x.indrelid = c.oid AND NOT i.relispartition
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = c.oid)) AS indexes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p') AND $wanted
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname, c.relname`;
