import { sha256 } from "../../digest.ts";
import type { ObjectIdentity } from "../../schema/schema.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Belongings } from "../dialect.ts";
import { objectName, objectWords } from "./object_names.ts";

/**
 * Returns what keeps what is said of `object` by statements of their own: comments, who may use it, whose it
 * is, whether a trigger is enabled. Between the two statements it is a setting of the transaction, so that
 * each database keeps its own, also where a script is run. What does not fit the new object, such as a
 * comment on a column that is gone, becomes a warning.
 */
export function belongings(object: ObjectIdentity): Belongings | undefined {
  const place = placeOf(object);
  if (place === undefined) return undefined;
  const setting = text(`migrate.kept_${sha256(objectWords(object)).slice(0, 12)}`);
  const said = `FROM (\n  ${
    [comments(object, place), ...rights(object, place), ...enabled(object, place)]
      .join("\n  UNION ALL ")
  }\n) kept(place, said)`;
  return {
    query: { sql: `SELECT said ${said} ORDER BY place, said` },
    note: {
      // A SELECT would write what it answers into what psql prints.
      sql: `DO $note$ BEGIN PERFORM set_config(${setting}, (
SELECT json_agg(said ORDER BY place)::text ${said}), true); END $note$`,
    },
    putBack: {
      sql: `DO $kept$ DECLARE said text;
BEGIN
  FOR said IN SELECT json_array_elements_text(nullif(current_setting(${setting}, true), '')::json) LOOP
    BEGIN
      EXECUTE said;
    EXCEPTION WHEN undefined_column OR undefined_object OR insufficient_privilege THEN
      RAISE WARNING 'Cannot put back "%": %', said, SQLERRM;
    END;
  END LOOP;
END $kept$`,
    },
  };
}

/** Where the catalogue has an object: https://www.postgresql.org/docs/current/catalogs.html */
interface Place {
  readonly catalogue: string;
  readonly oid: string;
  /** Of its columns that say whose it is, and what others may do. */
  readonly prefix?: "rel" | "pro" | "typ";
  /** What GRANT calls it. */
  readonly granted?: string;
}

function placeOf(object: ObjectIdentity): Place | undefined {
  const name = text(objectName(object));
  const granted = objectWords(object);
  switch (object.kind) {
    case "view":
    case "materializedView":
      return {
        ...relation(name),
        prefix: "rel",
        granted: `TABLE ${objectName(object)}`,
      };
    case "sequence":
      return { ...relation(name), prefix: "rel", granted };
    case "index":
      return relation(name);
    case "function":
    case "procedure":
      return { catalogue: "pg_proc", oid: `to_regprocedure(${name})`, prefix: "pro", granted };
    case "domain":
    case "compositeType":
      return { catalogue: "pg_type", oid: `to_regtype(${name})`, prefix: "typ", granted };
    case "trigger":
      return standing("pg_trigger", "tg", object);
    case "policy":
      return standing("pg_policy", "pol", object);
    default:
      return undefined;
  }
}

function relation(name: string): Place {
  return { catalogue: "pg_class", oid: `to_regclass(${name})` };
}

function standing(catalogue: string, prefix: string, { name, on }: ObjectIdentity): Place {
  const table = text(on ? quoteName(on) : "");
  const wanted = `(${prefix}name, ${prefix}relid) = (${text(name)}, to_regclass(${table}))`;
  return { catalogue, oid: `(SELECT oid FROM ${catalogue} WHERE ${wanted})` };
}

function comments(object: ObjectIdentity, { catalogue, oid }: Place): string {
  const column = text(`COLUMN ${objectName(object)}.`);
  const on = catalogue === "pg_class"
    ? `coalesce(${column} || quote_ident(a.attname), ${text(objectWords(object))})`
    : text(objectWords(object));
  return `SELECT 1, format('COMMENT ON %s IS %L', ${on}, d.description) FROM pg_description d
    LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
    WHERE d.classoid = '${catalogue}'::regclass AND d.objoid = ${oid}`;
}

/** https://www.postgresql.org/docs/current/ddl-priv.html: what has no entry everybody may use, if it is a type or a routine. */
function rights(
  object: ObjectIdentity,
  { catalogue, oid, prefix, granted }: Place,
): readonly string[] {
  if (prefix === undefined || granted === undefined) return [];
  const own = `FROM ${catalogue} o WHERE o.oid = ${oid}`;
  const ofColumns = `UNION ALL SELECT a.attacl, NULL, ' (' || quote_ident(a.attname) || ')'
      FROM pg_attribute a WHERE a.attrelid = ${oid}`;
  const isPrivate = `SELECT 2, ${text(`REVOKE ALL ON ${granted} FROM PUBLIC`)} ${own}
    AND o.${prefix}acl IS NOT NULL AND NOT EXISTS (SELECT FROM aclexplode(o.${prefix}acl) x WHERE x.grantee = 0)`;
  return [
    ...prefix === "rel" ? [] : [isPrivate],
    `SELECT 3, format('GRANT %s%s ON %s TO %s%s', x.privilege_type, acl.columns, ${text(granted)},
      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' END)
    FROM (SELECT o.${prefix}acl AS acl, o.${prefix}owner AS owner, '' AS columns ${own}${
      prefix === "rel" ? ` ${ofColumns}` : ""
    }) acl, aclexplode(acl.acl) x WHERE x.grantee IS DISTINCT FROM acl.owner`,
    `SELECT 4, format('ALTER %s OWNER TO %s', ${
      text(objectWords(object))
    }, o.${prefix}owner::regrole) ${own}
    AND o.${prefix}owner <> quote_ident(current_user)::regrole`,
  ];
}

/** https://www.postgresql.org/docs/current/catalog-pg-trigger.html */
function enabled({ kind, name, on }: ObjectIdentity, { oid }: Place): readonly string[] {
  if (kind !== "trigger" || on === undefined) return [];
  const [table, trigger] = [text(quoteName(on)), text(quoteName({ name }))];
  return [
    `SELECT 4, format('ALTER TABLE %s %s TRIGGER %s', ${table},
      CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${trigger})
    FROM pg_trigger g WHERE g.oid = ${oid} AND g.tgenabled <> 'O'`,
  ];
}

function text(value: string): string {
  return quoteLiteral(value, "postgres");
}
