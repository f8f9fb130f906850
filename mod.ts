/**
 * The module that revision files and models import as `"migrate"`, and programs by its path: functions
 * that describe a schema, the types of what a revision gets, and the commands as functions.
 *
 * @example A revision
 * ```ts
 * import { column, integer, type Operations, string } from "migrate";
 *
 * export const revision = "5e1db40d8352";
 * export const downRevision = null;
 *
 * export function upgrade(op: Operations): void {
 *   op.createTable("users", column("id", integer(), { primaryKey: true }), column("email", string(255)));
 * }
 * ```
 *
 * @example A program that brings its database up to date
 * ```ts ignore
 * import { openEnvironment, processContext, upgrade } from "../migrate/mod.ts";
 *
 * const environment = await openEnvironment(processContext(), { databaseUrl: "sqlite:///./app.db" });
 * await upgrade(environment, { target: "head" });
 * ```
 *
 * @example What a failed run has committed
 * ```ts ignore
 * import { openEnvironment, processContext, RunError, upgrade } from "../migrate/mod.ts";
 *
 * try {
 *   await upgrade(await openEnvironment(processContext()), { target: "head" });
 * } catch (error) {
 *   if (error instanceof RunError) console.log(error.committed.steps.map((it) => it.revision));
 *   throw error;
 * }
 * ```
 *
 * @example A test that the models and the revisions agree
 * ```ts ignore
 * import { checkModels, openEnvironment, processContext } from "../migrate/mod.ts";
 *
 * const { operations } = await checkModels(await openEnvironment(processContext()));
 * if (operations.length > 0) throw new Error(operations.flatMap((it) => it.description).join("\n"));
 * ```
 *
 * @module
 */
import { serveMigrateModule } from "./lib/script/code/serve_migrate_module.ts";

export * from "./lib/schema/column_types.ts";
export {
  column,
  type ColumnOptions,
  type ColumnPart,
  type ForeignKeyOptions,
} from "./lib/schema/column.ts";
export { type ConstraintName, f, type FinalName } from "./lib/schema/constraint_name.ts";
export { type DefaultValue, now, raw } from "./lib/schema/expressions.ts";
export type { ConventionKey, NamingConvention } from "./lib/schema/naming.ts";
export {
  compositeType,
  domain,
  extension,
  functionObject,
  grant,
  materializedView,
  ownedSequence,
  policy,
  type PolicyOptions,
  procedure,
  schema,
  sequence,
  trigger,
  view,
} from "./lib/schema/objects.ts";
export type { NameLike } from "./lib/schema/qualified_name.ts";
export {
  check,
  type CheckOptions,
  comment,
  type CommentPart,
  type ConstraintOptions,
  type CreateTableOptions,
  exclude,
  type ExcludeOptions,
  foreignKey,
  index,
  type IndexOptions,
  type IndexPart,
  options,
  type OptionsPart,
  primaryKey,
  type PrimaryKeyOptions,
  table,
  type TablePart,
  unique,
  type UniqueOptions,
} from "./lib/schema/table.ts";
export type {
  Collation,
  Column,
  ConflictResolution,
  Constraint,
  Deferrable,
  Enum,
  ExcludeElement,
  ForeignKeyAction,
  Identity,
  Index,
  IndexElement,
  IndexElementParts,
  IndexStorage,
  ObjectIdentity,
  ObjectKind,
  PartitionOf,
  QualifiedName,
  RowSecurity,
  Schema,
  SchemaObject,
  SequenceOptions,
  Table,
  TableOptions,
} from "./lib/schema/schema.ts";
export type { ColumnType } from "./lib/schema/types.ts";
export { type Interpolation, sql } from "./lib/sql/template.ts";
export type { Location, Row, Sql, Statement, Value } from "./lib/sql/statement.ts";
export type {
  AlterColumnOptions,
  BatchOperations,
  CreateObjectOptions,
  DropConstraintOptions,
  DropOptions,
  Inspectable,
  InspectedSchema,
  Operations,
  OperationsContext,
  RunBody,
} from "./lib/operations/operations.ts";
export type { ModelContext } from "./lib/autogenerate/models/model_context.ts";
export type { CallbackEvent, CallbackName, Callbacks } from "./lib/script/code/callbacks.ts";

export { type ErrorCode, type ErrorFacts, ToolError } from "./lib/error.ts";
export { DatabaseError, type ServerAnswer } from "./lib/driver/database_error.ts";
export { type Committed, RunError } from "./lib/migrate/run_error.ts";
export { DifferenceError } from "./lib/commands/comparison/difference_error.ts";

export type {
  ColumnChange,
  ColumnPosition,
  IdentityChange,
} from "./lib/operations/column_change.ts";
export type { TableChange } from "./lib/operations/table_change.ts";
export type { OnTable, Operation, Recorded } from "./lib/operations/operation.ts";
export type { OperationView } from "./lib/autogenerate/operation_view.ts";
export type { DetectOptions } from "./lib/commands/comparison/detect.ts";
export type { RenameOptions } from "./lib/commands/comparison/renamed_difference.ts";

export type { Env } from "./lib/database/env.ts";
export type { ChildOptions, Context } from "./lib/config/context.ts";
export { processContext } from "./lib/config/process_context.ts";
export {
  type Environment,
  type EnvironmentOptions,
  openEnvironment,
} from "./lib/commands/environment.ts";
export type {
  ComparisonResult,
  DriftView,
  LogEntry,
  LogResult,
  MessageResult,
  Problem,
  Result,
  RevisionsResult,
  RunResult,
  SchemaResult,
  ScriptResult,
  StatusResult,
  Verdict,
  VerificationResult,
  VerifiedRevision,
  WrittenResult,
} from "./lib/commands/views/result.ts";
export type { DialectName } from "./lib/dialect/dialect.ts";
export type { HistoryEntry } from "./lib/migrate/history/read_history.ts";
export type { InterruptedView } from "./lib/commands/views/interrupted_view.ts";
export type { RevisionView } from "./lib/commands/views/revision_view.ts";
export type { StepView } from "./lib/report/step_view.ts";
export type { PrintOptions } from "./lib/commands/run/print_sql.ts";
export type { RunCommandOptions } from "./lib/commands/run/run_options.ts";
export type { Revision, RevisionId } from "./lib/revision/revision.ts";
export type { Move, RevisionMove } from "./lib/revision/route.ts";
export type { Blocker, Event, Report } from "./lib/report/event.ts";
export { humanReport } from "./lib/report/human_report.ts";
export { jsonReport } from "./lib/report/json_report.ts";
export { accept } from "./lib/commands/accept.ts";
export { autogenerate } from "./lib/commands/autogenerate.ts";
export { branches } from "./lib/commands/branches.ts";
export { checkModels } from "./lib/commands/check_models.ts";
export { compare, type CompareOptions } from "./lib/commands/compare.ts";
export { current } from "./lib/commands/current.ts";
export { downgrade, downgradeSql } from "./lib/commands/downgrade.ts";
export { drift } from "./lib/commands/drift.ts";
export { dump } from "./lib/commands/dump.ts";
export { edit } from "./lib/commands/edit.ts";
export { ensureVersion, ensureVersionSql } from "./lib/commands/ensure_version.ts";
export { heads } from "./lib/commands/heads.ts";
export { history } from "./lib/commands/history.ts";
export { init } from "./lib/commands/init.ts";
export { listTemplates } from "./lib/commands/list_templates.ts";
export { log } from "./lib/commands/log.ts";
export { merge } from "./lib/commands/merge.ts";
export { resume } from "./lib/commands/resume.ts";
export type { Decision } from "./lib/migrate/journal/journal_state.ts";
export { revision, type RevisionOptions } from "./lib/commands/revision.ts";
export type { ScriptFormat } from "./lib/script/script_file.ts";
export { show } from "./lib/commands/show.ts";
export { showSql } from "./lib/commands/show_sql.ts";
export { stamp, type StampOptions, stampSql } from "./lib/commands/stamp.ts";
export { stampDetected } from "./lib/commands/stamp_detected.ts";
export { stampVerified } from "./lib/commands/stamp_verified.ts";
export { status } from "./lib/commands/status.ts";
export { upgrade, upgradeSql } from "./lib/commands/upgrade.ts";
export { verify, type VerifyOptions } from "./lib/commands/verify.ts";

// Lets the revisions and models that a program runs import this module by name, wherever the program
// is. Otherwise, Bun would fetch and run an unrelated package that has that name on the registry.
serveMigrateModule(() => import("./mod.ts"));
