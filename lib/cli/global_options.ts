import type { Option } from "./verb.ts";

/** Options that every command takes, before or after its name. */
export const globalOptions: readonly Option[] = [
  {
    name: "config",
    short: "c",
    value: "FILE",
    summary: "the configuration file (default: migrate.toml, here or above)",
  },
  {
    name: "name",
    short: "n",
    value: "NAME",
    summary: "which [databases.NAME] of the configuration",
  },
  {
    name: "x",
    short: "x",
    value: "KEY=VALUE",
    repeated: true,
    summary: "pass a value to the revisions, as op.x.KEY",
  },
  { name: "database-url", value: "URL", summary: "the database" },
  {
    name: "env-file",
    value: "FILE",
    repeated: true,
    summary: "read this instead of the .env beside the configuration",
  },
  {
    name: "wait",
    value: "SECONDS",
    implied: "60",
    summary: "wait for a database that is starting up (default: 60)",
  },
  { name: "quiet", short: "q", summary: "print only results and errors" },
  { name: "json", summary: "print the result as one JSON document" },
  {
    name: "log-format",
    value: "text|json",
    summary: "format of the log on stderr (default: text)",
  },
  { name: "no-color", summary: "no colours, even on a terminal" },
];
