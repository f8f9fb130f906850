import type { ScriptFormat } from "../script_file.ts";

/** A kind of project that `init` sets up. */
export interface ProjectTemplate {
  readonly name: string;
  readonly summary: string;
  /** The language of its revisions. */
  readonly format: ScriptFormat;
}

/** All templates, the default first. */
export const projectTemplates: readonly ProjectTemplate[] = [
  { name: "generic", summary: "Revisions in TypeScript, with types for editors.", format: "ts" },
  { name: "javascript", summary: "Revisions in JavaScript, with types for editors.", format: "js" },
  { name: "sql", summary: "Revisions in plain SQL.", format: "sql" },
];
