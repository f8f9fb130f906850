import { projectTemplates } from "../script/write/project_templates.ts";
import type { MessageResult } from "./views/result.ts";

/** Returns the templates that `init` offers. */
export function listTemplates(): MessageResult {
  return {
    kind: "message",
    lines: [
      "Available templates:",
      "",
      ...projectTemplates.map(({ name, summary }) => `${name} - ${summary}`),
      "",
      "Templates are used via the 'init' command, e.g.:",
      "",
      "  migrate init --template generic ./scripts",
    ],
    json: { templates: projectTemplates.map(({ name, summary }) => ({ name, summary })) },
  };
}
