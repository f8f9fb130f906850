import { basename } from "node:path";
import { ToolError } from "../../error.ts";
import { checkOperation } from "../../operations/check_operation.ts";
import { sameObject } from "../../schema/objects.ts";
import { sameName, showName } from "../../schema/qualified_name.ts";
import type { Enum, QualifiedName, Schema, SchemaObject, Table } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { userError } from "../../script/code/user_error.ts";
import { internal } from "./drizzle/entity.ts";
import type { Casing } from "./drizzle/sql_text.ts";
import { type DrizzleModels, readDrizzle } from "./drizzle/read_drizzle.ts";
import { isEnumType, isModel, isSchemaObject, isTable } from "./is_model.ts";
import type { ModelContext } from "./model_context.ts";

/** A module of models. */
interface ModuleOrigin {
  readonly file: string;
  /** How the names of Drizzle's columns are derived from their keys, for those without a name of their own. */
  readonly casing?: Casing;
}

/** Collects what modules declare. A value that is exported twice is collected once. */
export class ModelCollector {
  readonly #context: ModelContext;
  readonly #tables: Table[] = [];
  readonly #enums: Enum[] = [];
  readonly #objects: SchemaObject[] = [];
  readonly #existing: QualifiedName[] = [];
  readonly #seen = new Set<unknown>();
  #origin: ModuleOrigin = { file: "" };
  #isWhole = false;

  constructor(context: ModelContext) {
    this.#context = context;
  }

  /** Includes the enum types of columns, whether they are exported or not. */
  get schema(): Schema {
    return { tables: this.#tables, enums: this.#enums, objects: this.#objects };
  }

  /** Whether some of them are models that can declare everything, as Drizzle's cannot. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** The views that they use but do not create. */
  get existing(): readonly QualifiedName[] {
    return this.#existing;
  }

  /**
   * Collects every model that a module exports: by itself, in a list, or returned from a default function.
   *
   * @throws {ToolError} `operation/invalid` for what no database can have, `script/failed` for what the
   * module's own code throws.
   */
  async add(module: Readonly<Record<string, unknown>>, origin: ModuleOrigin): Promise<void> {
    this.#origin = origin;
    const { default: main, ...named } = module;
    const { dialect } = this.#context;
    try {
      this.#take(typeof main === "function" ? await main({ dialect }) : main);
      this.#take(named);
    } catch (error) {
      throw userError(error, `read "${basename(origin.file)}"`, { path: origin.file });
    }
  }

  #take(value: unknown): void {
    const mayBeOne = typeof value === "object" || typeof value === "function";
    if (!mayBeOne || value === null || this.#seen.has(value)) return;
    this.#seen.add(value);
    const drizzle = this.#readDrizzle(value);
    if (drizzle !== undefined) this.#addAll(drizzle);
    else if (typeof value !== "function") this.#takeOwn(value);
  }

  /** Tables declare some of their parts in functions, which are called only now. */
  #readDrizzle(value: unknown): DrizzleModels | undefined {
    const { file, casing } = this.#origin;
    try {
      return readDrizzle(value, { ...this.#context, casing });
    } catch (error) {
      const name = internal(value, "Name");
      if (typeof name !== "string") throw error;
      throw userError(error, `read the table "${name}"`, { path: file });
    }
  }

  #takeOwn(value: object): void {
    this.#isWhole ||= isModel(value);
    if (isTable(value)) this.#addTable(value);
    else if (isSchemaObject(value)) this.#addObject(value);
    else if (isEnumType(value)) this.#addEnum({ ...value.name, values: value.values });
    else if (isPlain(value)) { for (const it of Object.values(value)) this.#take(it); }
  }

  #addAll({ tables = [], enums = [], objects = [], existing = [] }: DrizzleModels): void {
    this.#existing.push(...existing);
    for (const it of tables) this.#addTable(it);
    for (const it of enums) this.#addEnum(it);
    for (const it of objects) this.#addObject(it);
  }

  #addTable(table: Table): void {
    checkOperation({ kind: "createTable", table });
    if (this.#tables.some((it) => sameName(it, table))) throw twice(`table "${showName(table)}"`);
    this.#tables.push(table);
    for (const { type } of table.columns) this.#addEnumOf(type);
  }

  #addEnumOf(type: ColumnType): void {
    if (type.kind === "array") this.#addEnumOf(type.of);
    if (type.kind === "enum") this.#addEnum({ ...type.name, values: type.values });
  }

  #addEnum(made: Enum): void {
    checkOperation({ kind: "createEnum", enum: made });
    const other = this.#enums.find((it) => sameName(it, made));
    if (other === undefined) this.#enums.push(made);
    else if (other.values.join("\0") !== made.values.join("\0")) {
      throw twice(`enum "${showName(made)}"`);
    }
  }

  #addObject(object: SchemaObject): void {
    checkOperation({ kind: "createObject", object });
    if (this.#objects.some((it) => sameObject(it, object))) {
      throw twice(`${object.kind} "${showName(object)}"`);
    }
    this.#objects.push(object);
  }
}

/** Says whether `value` is a list, or an object of no class, such as a module exported as a whole. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function twice(what: string): ToolError {
  return new ToolError("models/invalid", `Cannot use the models: the ${what} is defined twice`, {
    hint: "Define it once, and import it where it is needed",
  });
}
