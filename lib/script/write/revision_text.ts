import { ToolError } from "../../error.ts";
import type { Revision } from "../../revision/revision.ts";
import { parseScript } from "../read_script.ts";
import { hasPlace, renderTemplate, type Template } from "./render_template.ts";
import { type RevisionDraft, templateValues } from "./template_values.ts";

/**
 * Returns the text of a new revision file at `path`. It is parsed before it is returned: a template
 * that leaves something out must not break a script directory.
 *
 * @throws {ToolError} `revision/draft` if the parsed text differs from the draft, or if the
 *   template has no placeholder for what was generated.
 */
export function revisionText(
  draft: RevisionDraft,
  template: Template,
  { path, createDate }: { readonly path: string; readonly createDate: string },
): string {
  refuseLoss(draft, template);
  const text = `${renderTemplate(template, templateValues(draft, createDate)).trimEnd()}\n`;
  const found = readBack(text, template, path);
  const keys = ["id", "downRevisions", "branchLabels", "dependsOn"] as const;
  const lost = keys.find((it) => String(draft.revision[it]) !== String(found[it]));
  if (lost === undefined) return text;
  throw new ToolError(
    "revision/draft",
    `Version ${draft.revision.id} specified ${lost} ${
      draft.revision[lost]
    }, however the migration file ` +
      `${template.name} makes does not have them`,
    { hint: `Have you upgraded ${template.name} to include the '${lost}' section?` },
  );
}

/** A template without a placeholder for what was generated would lose it. */
function refuseLoss({ content, format }: RevisionDraft, template: Template): void {
  const { imports = [], upgrade = [], downgrade = [] } = content ?? {};
  const places = { ...(format !== "sql" && { imports }), upgrade, downgrade };
  const lost = Object.entries(places).find(([key, lines]) =>
    lines.length > 0 && !hasPlace(template, key)
  );
  if (lost === undefined) return;
  const place = `\${${lost[0]}}`;
  throw new ToolError(
    "revision/draft",
    `Cannot write what was generated with ${template.name}: it has no ${place}`,
    { hint: `Add ${place} to it, or delete it to get the default one` },
  );
}

function readBack(text: string, template: Template, path: string): Revision {
  try {
    return parseScript(text, path).revision;
  } catch (cause) {
    const found = cause instanceof ToolError ? cause.message : String(cause);
    throw new ToolError(
      "revision/draft",
      `Cannot write a revision with ${template.name}: ${found}`,
      {
        hint: "Fix the template, or delete it to get the default one",
        cause,
      },
    );
  }
}
