/**
 * Returns the SQL for the object that a row of `catalogue` is part of: a view's rule is part of the view, a
 * default of its table … The index of a materialized view counts as an object.
 */
export function partOf(catalogue: string, oid: string): string {
  return `CASE ${catalogue}
    WHEN 'pg_rewrite'::regclass THEN (SELECT 'pg_class/' || r.ev_class FROM pg_rewrite r WHERE r.oid = ${oid})
    WHEN 'pg_attrdef'::regclass THEN (SELECT 'pg_class/' || r.adrelid FROM pg_attrdef r WHERE r.oid = ${oid})
    WHEN 'pg_constraint'::regclass THEN (SELECT CASE WHEN r.contypid <> 0 THEN 'pg_type/' || r.contypid ELSE 'pg_class/' || r.conrelid END
      FROM pg_constraint r WHERE r.oid = ${oid})
    WHEN 'pg_class'::regclass THEN 'pg_class/' || coalesce((SELECT r.indrelid FROM pg_index r JOIN pg_class t ON t.oid = r.indrelid
      WHERE r.indexrelid = ${oid} AND t.relkind <> 'm'), ${oid})
    WHEN 'pg_type'::regclass THEN (SELECT CASE WHEN r.typrelid <> 0 THEN 'pg_class/' || r.typrelid ELSE 'pg_type/' || r.oid END
      FROM pg_type e JOIN pg_type r ON r.oid = CASE WHEN e.typcategory = 'A' AND e.typelem <> 0 THEN e.typelem ELSE e.oid END WHERE e.oid = ${oid})
    ELSE ${catalogue}::regclass || '/' || ${oid} END`;
}

/**
 * What needs what to exist when it is created, for everything but the server's own objects, whose oids are
 * below 16384. https://www.postgresql.org/docs/current/catalog-pg-depend.html
 */
export const dependenciesQuery = `
SELECT DISTINCT id, needs FROM pg_depend d
CROSS JOIN LATERAL (SELECT ${partOf("d.classid", "d.objid")} AS id, ${
  partOf("d.refclassid", "d.refobjid")
} AS needs) both_ends
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'e') AND id <> needs`;
