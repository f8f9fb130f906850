import { sha256 } from "../../../digest.ts";
import { quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { Belongings, Owner } from "../../dialect.ts";
import { argumentTypes, spelledArguments } from "./argument_types.ts";
import { objectName, objectWords } from "./object_names.ts";

/** The prefix of the session settings that keep belongings. */
export const keptSetting = "migrate.kept_";

/**
 * Returns what preserves the properties of `object` that separate statements have set: a view's rules, comments,
 * privileges, the owner, whether a trigger is enabled. Between `note` and `putBack` they are kept in a setting of
 * the session, so that each database keeps its own, even in a script or outside a transaction. Anything that does
 * not fit the new object, such as a comment on a column that no longer exists, becomes a warning.
 */
export function belongings(object: Owner): Belongings | undefined {
  const place = placeOf(object);
  if (place === undefined) return undefined;
  const of = objectWords({
    ...object,
    ...object.arguments !== undefined && { arguments: spelledArguments(object.arguments) },
  });
  const setting = text(keptSetting + sha256(of).slice(0, 12));
  const said = `FROM (\n  ${
    [
      ...additions(object, place),
      ...comments(object, place),
      ...rights(object, place),
      ...enabled(object, place),
    ].join("\n  UNION ALL ")
  }\n) kept(place, said)`;
  return {
    of,
    query: { sql: `SELECT said ${said} ORDER BY place, said` },
    note: {
      // Not a SELECT, whose result psql would print. If the object is already gone, it was noted before.
      // Servers older than 16 look up a routine's argument types even if there is no such routine.
      sql: `DO $note$ BEGIN PERFORM set_config(${setting}, coalesce((
SELECT json_agg(said ORDER BY place, said)::text ${said}), current_setting(${setting}, true), ''), false);
EXCEPTION WHEN undefined_object OR invalid_schema_name THEN NULL; END $note$`,
    },
    putBack: {
      sql: `DO $kept$ DECLARE said text;
BEGIN
  FOR said IN SELECT json_array_elements_text(nullif(current_setting(${setting}, true), '')::json) LOOP
    BEGIN
      EXECUTE said;
    EXCEPTION WHEN syntax_error_or_access_rule_violation THEN
      RAISE WARNING 'Cannot put back "%": %', said, SQLERRM;
    END;
  END LOOP;
  PERFORM set_config(${setting}, '', false);
END $kept$`,
    },
    forget: { sql: `DO $kept$ BEGIN PERFORM set_config(${setting}, '', false); END $kept$` },
  };
}

/** Where an object is in the catalogue: https://www.postgresql.org/docs/current/catalogs.html */
interface Place {
  readonly catalogue: string;
  readonly oid: string;
  /** What privileges can be granted on. */
  readonly granted?: Granted;
}

interface Granted {
  /** Its name in GRANT. */
  readonly words: string;
  /** The prefix of the catalogue's columns for the owner and the privileges. */
  readonly prefix: "rel" | "pro" | "typ";
  /** Its letter in pg_default_acl. */
  readonly letter: "r" | "S" | "f" | "T";
}

function placeOf(object: Owner): Place | undefined {
  const name = text(objectName(object));
  const words = objectWords(object);
  switch (object.kind) {
    case "table":
    case "view":
    case "materializedView": {
      const granted = { words: `TABLE ${objectName(object)}`, prefix: "rel", letter: "r" } as const;
      return { ...relation(name), granted };
    }
    case "sequence":
      return { ...relation(name), granted: { words, prefix: "rel", letter: "S" } };
    case "index":
      return relation(name);
    case "function":
    case "procedure": {
      const called = `${quoteName(object)}(${argumentTypes(object.arguments ?? "").join(", ")})`;
      const oid = `to_regprocedure(${text(called)})`;
      return { catalogue: "pg_proc", oid, granted: { words, prefix: "pro", letter: "f" } };
    }
    case "domain":
    case "compositeType": {
      const oid = `to_regtype(${name})`;
      return { catalogue: "pg_type", oid, granted: { words, prefix: "typ", letter: "T" } };
    }
    case "trigger":
      return standing("pg_trigger", "tg", object);
    case "policy":
      return standing("pg_policy", "pol", object);
    case "constraint":
      return standing("pg_constraint", "con", object);
    default:
      return undefined;
  }
}

function relation(name: string): Place {
  return { catalogue: "pg_class", oid: `to_regclass(${name})` };
}

function standing(catalogue: string, prefix: string, { name, on }: Owner): Place {
  const table = text(on ? quoteName(on) : "");
  const wanted = `(${prefix}name, ${prefix}relid) = (${text(name)}, to_regclass(${table}))`;
  return { catalogue, oid: `(SELECT oid FROM ${catalogue} WHERE ${wanted})` };
}

/** Rules come before their comments, and before the view changes its owner. */
function additions(object: Owner, { oid }: Place): readonly string[] {
  if (object.kind !== "view") return [];
  const view = text(objectName(object));
  return [
    `SELECT 0, pg_get_ruledef(r.oid) FROM pg_rewrite r WHERE r.ev_class = ${oid} AND r.rulename <> '_RETURN'`,
    `SELECT 1, format('COMMENT ON RULE %I ON %s IS %L', r.rulename, ${view}, d.description)
    FROM pg_rewrite r JOIN pg_description d ON (d.classoid, d.objoid) = ('pg_rewrite'::regclass, r.oid)
    WHERE r.ev_class = ${oid}`,
    `SELECT 1, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', ${view}, a.attname, pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attrdef d JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum) WHERE d.adrelid = ${oid}`,
  ];
}

/** Those of a table are compared, and made with it. */
function comments(object: Owner, { catalogue, oid }: Place): readonly string[] {
  if (object.kind === "table") return [];
  const column = text(`COLUMN ${objectName(object)}.`);
  const on = catalogue === "pg_class"
    ? `coalesce(${column} || quote_ident(a.attname), ${text(objectWords(object))})`
    : text(objectWords(object));
  const own = `SELECT 1, format('COMMENT ON %s IS %L', ${on}, d.description) FROM pg_description d
    LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
    WHERE d.classoid = '${catalogue}'::regclass AND d.objoid = ${oid}`;
  switch (object.kind) {
    case "compositeType":
      return [
        own,
        `SELECT 1, format('COMMENT ON %s%I IS %L', ${column}, a.attname, d.description)
    FROM pg_type t JOIN pg_attribute a ON a.attrelid = t.typrelid
    JOIN pg_description d ON (d.classoid, d.objoid, d.objsubid) = ('pg_class'::regclass, a.attrelid, a.attnum)
    WHERE t.oid = ${oid}`,
      ];
    case "domain":
      return [
        own,
        `SELECT 1, format('COMMENT ON CONSTRAINT %I ON %s IS %L', c.conname, ${
          text(objectWords(object))
        }, d.description)
    FROM pg_constraint c JOIN pg_description d ON (d.classoid, d.objoid) = ('pg_constraint'::regclass, c.oid)
    WHERE c.contypid = ${oid}`,
      ];
    default:
      return [own];
  }
}

/**
 * First revokes the privileges that the new object grants and the old one did not: by the defaults of the
 * server (https://www.postgresql.org/docs/current/ddl-priv.html) or of the role.
 */
function rights(object: Owner, { catalogue, oid, granted }: Place): readonly string[] {
  if (granted === undefined) return [];
  const { prefix, letter } = granted;
  const words = text(granted.words);
  const [me, owner] = ["quote_ident(current_user)::regrole", `o.${prefix}owner`];
  const role = "CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END";
  const usual = (whose: string) => `acldefault('${letter === "S" ? "s" : letter}', ${whose}::oid)`;
  const defaults =
    `FROM pg_default_acl d WHERE d.defaclrole = ${me} AND d.defaclobjtype = '${letter}'
      AND d.defaclnamespace IN (0, o.${prefix}namespace)`;
  // An object without an ACL has the server's defaults, which must be stated if the role's own differ.
  const own = `coalesce(o.${prefix}acl, (SELECT ${
    usual(owner)
  } WHERE EXISTS (SELECT ${defaults})))`;
  const entries = "SELECT x.grantee, x.privilege_type, x.is_grantable FROM";
  return [
    `SELECT 2, format('ALTER %s OWNER TO %s', ${text(objectWords(object))}, ${owner}::regrole)
    FROM ${catalogue} o WHERE o.oid = ${oid} AND ${owner} <> ${me}`,
    `SELECT 3, format('REVOKE ALL ON %s FROM %s', ${words}, ${role})
    FROM ${catalogue} o CROSS JOIN LATERAL (
      ${entries} (SELECT ${
      usual(me)
    } UNION ALL SELECT d.defaclacl ${defaults}) n(acl), aclexplode(n.acl) x
      EXCEPT ${entries} aclexplode(coalesce(o.${prefix}acl, ${usual(owner)})) x
    ) x WHERE o.oid = ${oid} AND x.grantee NOT IN (${me}, ${owner}) GROUP BY x.grantee`,
    `SELECT 4, format('GRANT %s%s ON %s TO %s%s', x.privilege_type, acl.columns, ${words},
      ${role}, CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' END)
    FROM (SELECT ${own} AS acl, ${owner} AS owner, '' AS columns FROM ${catalogue} o WHERE o.oid = ${oid}${
      prefix === "rel"
        ? ` UNION ALL SELECT a.attacl, NULL, ' (' || quote_ident(a.attname) || ')'
      FROM pg_attribute a WHERE a.attrelid = ${oid}`
        : ""
    }) acl, aclexplode(acl.acl) x WHERE x.grantee IS DISTINCT FROM acl.owner`,
  ];
}

/** https://www.postgresql.org/docs/current/catalog-pg-trigger.html */
function enabled({ kind, name, on }: Owner, { oid }: Place): readonly string[] {
  if (kind !== "trigger" || on === undefined) return [];
  const [table, trigger] = [text(quoteName(on)), text(quoteName({ name }))];
  return [
    `SELECT 2, format('ALTER TABLE %s %s TRIGGER %s', ${table},
      CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${trigger})
    FROM pg_trigger g WHERE g.oid = ${oid} AND g.tgenabled <> 'O'`,
  ];
}

function text(value: string): string {
  return quoteLiteral(value, "postgres");
}
