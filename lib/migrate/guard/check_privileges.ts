import {
  type NeededPrivilege,
  neededPrivileges,
} from "../../dialect/postgres/needed_privileges.ts";
import { ToolError } from "../../error.ts";
import { type Plan, type Step, stepsOf } from "../../plan/plan.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Location, Queryable, Row } from "../../sql/statement.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import { historyTable } from "../history/history.ts";
import { knownStatements } from "../known_statements.ts";
import type { RunOptions } from "../run_options.ts";

interface Need extends NeededPrivilege {
  readonly step: Step | undefined;
  readonly at?: Location | undefined;
}

/** The tool's own tables, quoted; the history only if the plan writes it. */
interface OwnNames {
  readonly versions: string;
  readonly history: string | undefined;
}

/**
 * Refuses a plan for which the role lacks privileges on existing objects, the tool's own tables among
 * them, before its first statement, as far as the statements can be analysed without running them.
 * What follows code, or a statement that may change privileges, is left to the server.
 *
 * @throws {ToolError} `database/refused`, naming role, object and privilege.
 */
export async function checkPrivileges(
  plan: Plan,
  connection: Queryable,
  { versionTable, history }: Pick<RunOptions, "versionTable" | "history">,
): Promise<void> {
  const [role] = await connection.query({
    sql: "SELECT current_user AS name WHERE current_setting('is_superuser') = 'off'",
  });
  if (role === undefined) return;
  // Work outside a transaction has a journal even if the project has history disabled.
  const recorded = history || plan.segments.some((it) => !it.transactional);
  const own: OwnNames = {
    versions: quoteName(versionTable),
    history: recorded ? quoteName(historyTable(versionTable)) : undefined,
  };
  const created = Object.values(own).filter((it) => it !== undefined);
  const needs = [...needsOf(plan), ...created.map((name) => ({ kind: "create", name }) as const)]
    .map((it) => ({ step: undefined, ...it }));
  const lacking: { readonly need: Need; readonly what: string; readonly grant: string }[] = [];
  for (const row of await connection.query({ sql: lackingOf(needs, own) })) {
    const need = needs[Number(row["index"])];
    if (need) lacking.push({ need, ...describe(row, String(role["name"])) });
  }
  const [first, ...others] = lacking;
  if (first === undefined) return;
  const { need: { step, at }, what, grant } = first;
  const doing = step === undefined ? "run" : `run revision ${revisionOf(step)}`;
  throw new ToolError("database/refused", `Cannot ${doing}: ${what}`, {
    ...(step && { revision: revisionOf(step), file: step.source?.file }),
    ...at,
    detail: listed(others.map((it) => it.what).filter((it) => it !== what)),
    hint: `${grant}; or set role = "…" in the configuration to one that may`,
  });
}

const mostLines = 20;

function listed(others: readonly string[]): string | undefined {
  const lines = [...new Set(others)].map((it) => `  ${it}`);
  const more = lines.length > mostLines ? [`  … and ${lines.length - mostLines} more`] : [];
  return lines.length === 0 ? undefined : [...lines.slice(0, mostLines), ...more].join("\n");
}

function needsOf(plan: Plan): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const step of stepsOf(plan)) {
    for (const work of step.work) {
      if (work.kind === "body" || work.kind === "deferred") return [...needs.values()];
      for (const { sql, at } of knownStatements(work)) {
        const found = neededPrivileges(sql);
        if (found === "opaque") return [...needs.values()];
        for (const it of found) {
          const key = `${it.kind} ${it.name}`;
          // An object of that name is by then one that this plan created.
          if (it.kind === "own" && needs.has(`drop ${it.name}`)) continue;
          if (!needs.has(key)) needs.set(key, { ...it, step, at });
        }
      }
    }
  }
  return [...needs.values()];
}

/**
 * Returns a query that answers a row `{ index, kind, object, owner }` for each unmet need on
 * existing objects: for missing objects, the server's functions return NULL. Instead of an index,
 * which has no owner of its own, its table is answered.
 */
function lackingOf(needs: readonly Need[], { versions, history }: OwnNames): string {
  const versionName = quoteLiteral(versions, "postgres");
  const historyName = history === undefined ? "NULL" : quoteLiteral(history, "postgres");
  const values = needs.map(({ kind, name }, index) =>
    `(${index}, '${kind}', ${quoteLiteral(name, "postgres")})`
  );
  return `WITH needed (index, kind, name) AS (VALUES ${values.join(", ")}),
placed AS (
  SELECT *, CASE WHEN cardinality(parse_ident(name)) = 2
    THEN to_regnamespace(quote_ident((parse_ident(name))[1]))::oid
    ELSE (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) END AS place
  FROM needed),
-- to_regclass fails in a schema that the role may not use
usable AS (SELECT *, has_schema_privilege(place, 'USAGE') IS NOT FALSE AS is_usable FROM placed),
found AS (
  SELECT n.*, c.oid, c.relowner, c.relnamespace,
    CASE n.kind WHEN 'createBeside' THEN c.relnamespace ELSE place END AS schema
  FROM usable n LEFT JOIN pg_class c ON c.oid = CASE WHEN is_usable THEN to_regclass(n.name)::oid END)
SELECT index, kind, coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = oid), oid)::regclass::text AS object,
    pg_get_userbyid(relowner) AS owner FROM found
  WHERE kind IN ('own', 'drop') AND NOT pg_has_role(relowner, 'USAGE')
    AND NOT (kind = 'drop' AND pg_has_role((SELECT nspowner FROM pg_namespace WHERE oid = relnamespace), 'USAGE'))
UNION ALL
SELECT index, 'create', (SELECT quote_ident(nspname) FROM pg_namespace WHERE oid = schema), NULL FROM found
  WHERE kind IN ('create', 'createBeside') AND NOT has_schema_privilege(schema, 'CREATE')
    AND ((name <> ${versionName} AND name IS DISTINCT FROM ${historyName}) OR oid IS NULL)
UNION ALL
SELECT index, 'use', (SELECT quote_ident(nspname) FROM pg_namespace WHERE oid = place), NULL FROM found
  WHERE kind <> 'create' AND NOT is_usable
UNION ALL
SELECT index, 'write', name, NULL FROM found
  WHERE name = ${versionName}
    AND NOT (has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE')
      AND has_table_privilege(oid, 'DELETE') AND has_table_privilege(oid, 'SELECT'))
UNION ALL
-- A privilege on columns may be enough.
SELECT index, 'append', name, NULL FROM found
  WHERE name = ${historyName}
    AND NOT (has_any_column_privilege(oid, 'INSERT') AND has_any_column_privilege(oid, 'SELECT'))
ORDER BY 1`;
}

function describe(
  { kind, object, owner }: Row,
  role: string,
): { readonly what: string; readonly grant: string } {
  const to = quoteName({ name: role });
  switch (kind) {
    case "create":
      return {
        what: `the role "${role}" lacks CREATE on the schema ${object}`,
        grant: `GRANT CREATE ON SCHEMA ${object} TO ${to}`,
      };
    case "use":
      return {
        what: `the role "${role}" lacks USAGE on the schema ${object}`,
        grant: `GRANT USAGE ON SCHEMA ${object} TO ${to}`,
      };
    case "write":
      return {
        what: `the role "${role}" may not read and write ${object}`,
        grant: `GRANT SELECT, INSERT, UPDATE, DELETE ON ${object} TO ${to}`,
      };
    case "append":
      return {
        what: `the role "${role}" may not read and add to ${object}`,
        grant: `GRANT SELECT, INSERT ON ${object} TO ${to}`,
      };
    default:
      return {
        what: `the role "${role}" does not own ${object}, which belongs to "${owner}"`,
        grant: `ALTER TABLE ${object} OWNER TO ${to}, or GRANT ${
          quoteName({ name: String(owner) })
        } TO ${to}`,
      };
  }
}
