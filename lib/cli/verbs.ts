import { checkVerb } from "./check_verb.ts";
import { branchLabel, format, formatOf, message, revId, splice } from "./revision_options.ts";
import { resumeVerb } from "./resume_verb.ts";
import { revisionVerb } from "./revision_verb.ts";
import {
  backup,
  dryRun,
  from,
  guarded,
  lockRetry,
  lockWait,
  offline,
  printInput,
  runInput,
  tag,
} from "./run_input.ts";
import { historyVerbs } from "./history_verbs.ts";
import { schemaVerbs } from "./schema_verbs.ts";
import { stampVerb } from "./stamp_verb.ts";
import type { Option, Verb } from "./verb.ts";

const verbose: Option = { name: "verbose", short: "v", summary: "show more about each revision" };

/** All commands, in the order of the help. */
export const verbs: readonly Verb[] = [
  {
    name: "init",
    summary: "Set up a script directory and a configuration",
    arguments: [{
      name: "directory",
      optional: true,
      summary: "where revisions live (default: migrations)",
    }],
    options: [{
      name: "template",
      short: "t",
      value: "NAME",
      summary: "which template (default: generic)",
    }],
    run: async (input, { context }) => {
      const { init } = await import("../commands/init.ts");
      return init(context, {
        directory: input.arguments[0] ?? "migrations",
        template: input.value("template"),
        config: input.value("config"),
      });
    },
  },
  revisionVerb,
  {
    name: "merge",
    summary: "Write a revision that joins several heads",
    arguments: [{
      name: "revisions",
      variadic: true,
      summary: `two or more revisions, or "heads"`,
    }],
    options: [message, branchLabel, revId, splice, format],
    run: async (input, session) => {
      const { merge } = await import("../commands/merge.ts");
      return merge(await session.environment(), {
        revisions: input.arguments,
        message: input.value("message"),
        branchLabel: input.value("branch-label"),
        revId: input.value("rev-id"),
        splice: input.flag("splice"),
        format: formatOf(input),
      });
    },
  },
  {
    name: "upgrade",
    summary: "Bring the database up to a revision",
    arguments: [{
      name: "revision",
      summary: "head, heads, +N, an id or its beginning, label@head …",
    }],
    options: [dryRun, from, offline, guarded, tag, lockWait, lockRetry, backup],
    run: async (input, session) => {
      const { upgrade, upgradeSql } = await import("../commands/upgrade.ts");
      const target = input.arguments[0] ?? "";
      const print = printInput(input);
      return print
        ? upgradeSql(await session.environment(), { target, ...print }, session.report)
        : upgrade(await session.environment(), { target, ...runInput(input) }, session.report);
    },
  },
  {
    name: "downgrade",
    summary: "Take the database back to a revision",
    arguments: [{ name: "revision", summary: "-N, base, an id or its beginning, label@-N …" }],
    options: [dryRun, from, offline, guarded, tag, lockWait, lockRetry, backup],
    run: async (input, session) => {
      const { downgrade, downgradeSql } = await import("../commands/downgrade.ts");
      const target = input.arguments[0] ?? "";
      const print = printInput(input);
      return print
        ? downgradeSql(await session.environment(), { target, ...print }, session.report)
        : downgrade(await session.environment(), { target, ...runInput(input) }, session.report);
    },
  },
  stampVerb,
  resumeVerb,
  {
    name: "current",
    summary: "Show where the database stands",
    arguments: [],
    options: [
      verbose,
      { name: "check-heads", short: "c", summary: "exit 3 unless the database is at all heads" },
    ],
    run: async (input, session) => {
      const { current } = await import("../commands/current.ts");
      return current(await session.environment(), {
        verbose: input.flag("verbose"),
        checkHeads: input.flag("check-heads"),
      }, session.report);
    },
  },
  {
    name: "heads",
    summary: "Show the newest revision of every branch",
    arguments: [],
    options: [verbose, {
      name: "resolve-dependencies",
      summary: "leave out heads that others depend on",
    }],
    run: async (input, session) => {
      const { heads } = await import("../commands/heads.ts");
      return heads(await session.environment(), {
        verbose: input.flag("verbose"),
        resolveDependencies: input.flag("resolve-dependencies"),
      });
    },
  },
  {
    name: "branches",
    summary: "Show where branches begin",
    arguments: [],
    options: [verbose],
    run: async (input, session) => {
      const { branches } = await import("../commands/branches.ts");
      return branches(await session.environment(), { verbose: input.flag("verbose") });
    },
  },
  {
    name: "history",
    summary: "List the revisions, newest first",
    arguments: [],
    options: [
      {
        name: "rev-range",
        short: "r",
        value: "[START]:[END]",
        summary: "only these, both ends included, as in -3: or current+1:head",
      },
      verbose,
      { name: "indicate-current", short: "i", summary: "mark where the database stands" },
    ],
    run: async (input, session) => {
      const { history } = await import("../commands/history.ts");
      return history(await session.environment(), {
        range: input.value("rev-range"),
        verbose: input.flag("verbose"),
        indicateCurrent: input.flag("indicate-current"),
      });
    },
  },
  {
    name: "show",
    summary: "Show one revision in full",
    arguments: [{ name: "revision", summary: "an id, head, heads, current …" }],
    options: [{ name: "sql", summary: "print what it does, in both directions, as SQL" }, tag],
    run: async (input, session) => {
      const revision = input.arguments[0] ?? "";
      if (input.flag("sql")) {
        const { showSql } = await import("../commands/show_sql.ts");
        return showSql(await session.environment(), { revision, tag: input.value("tag") });
      }
      const { show } = await import("../commands/show.ts");
      return show(await session.environment(), { revision });
    },
  },
  {
    name: "edit",
    summary: "Open a revision file in $VISUAL or $EDITOR",
    arguments: [{ name: "revision", summary: "an id, head, current …" }],
    options: [],
    run: async (input, session) => {
      const { edit } = await import("../commands/edit.ts");
      return edit(await session.environment(), { revision: input.arguments[0] ?? "" });
    },
  },
  {
    name: "ensure_version",
    summary: "Create the version table if it is missing",
    arguments: [],
    options: [offline],
    run: async (input, session) => {
      const { ensureVersion, ensureVersionSql } = await import("../commands/ensure_version.ts");
      return input.flag("sql")
        ? ensureVersionSql(await session.environment())
        : ensureVersion(await session.environment(), session.report);
    },
  },
  checkVerb,
  ...historyVerbs,
  ...schemaVerbs,
  {
    name: "list_templates",
    summary: "List the templates for init",
    arguments: [],
    options: [],
    run: async () => (await import("../commands/list_templates.ts")).listTemplates(),
  },
  {
    name: "completion",
    summary: "Print a completion script for a shell",
    arguments: [{ name: "shell", summary: "bash, zsh or fish" }],
    options: [],
    run: async (input) =>
      (await import("./completion.ts")).completion(input.arguments[0] ?? "", verbs),
  },
];
