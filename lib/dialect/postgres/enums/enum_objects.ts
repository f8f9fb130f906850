import { ToolError } from "../../../error.ts";
import { identityOf } from "../../../schema/objects.ts";
import { sameName, showName } from "../../../schema/qualified_name.ts";
import type {
  ObjectIdentity,
  QualifiedName,
  Schema,
  SchemaObject,
} from "../../../schema/schema.ts";
import { wordsIn } from "../../../sql/words.ts";
import type { PutBack } from "./put_back.ts";

/**
 * Returns the objects of `schema` that may depend on the enum type `name`, in an order in which they can be
 * created. They are found by the words of their definitions: rather too many than too few.
 *
 * @param tables Those with columns of the type.
 * @throws {ToolError} `operation/unsupported` if a domain or another type depends on it, whose columns are not known.
 */
export function enumObjectsIn(
  schema: Schema,
  name: QualifiedName,
  tables: readonly QualifiedName[],
): readonly PutBack<ObjectIdentity>[] {
  const aside = new Set<string>();
  return schema.objects.filter((it) => {
    const words = wordsIn(it.definition.sql);
    const names = (all: Iterable<string>) => [...all].some((one) => words.has(one));
    if (!isTouched(it, { names, type: name, tables, aside })) return false;
    if (it.kind === "domain" || it.kind === "compositeType") throw unprintable(it, name);
    if (it.on === undefined && it.kind !== "grant") aside.add(it.name);
    return true;
  }).map((it) => ({ dropped: identityOf(it), statements: [it.definition.sql] }));
}

function isTouched(
  { kind, on }: SchemaObject,
  { names, type, tables, aside }: {
    readonly names: (all: Iterable<string>) => boolean;
    readonly type: QualifiedName;
    readonly tables: readonly QualifiedName[];
    /** The names of the objects found before it, which are dropped, too. */
    readonly aside: ReadonlySet<string>;
  },
): boolean {
  switch (kind) {
    case "schema":
    case "extension":
    case "sequence":
    case "ownedSequence":
      return false;
    case "grant":
      return names(aside);
    case "view":
    case "materializedView":
      return names([type.name, ...aside, ...tables.map((it) => it.name)]);
    case "trigger":
    case "policy":
      return names([type.name, ...aside]) || tables.some((it) => on && sameName(it, on));
    default:
      return names([type.name, ...aside]);
  }
}

function unprintable({ kind, ...object }: SchemaObject, name: QualifiedName): ToolError {
  const what = kind === "domain" ? "domain" : "composite type";
  return new ToolError(
    "operation/unsupported",
    `Cannot print the change of the enum type "${showName(name)}": the ${what} "${
      showName(object)
    }" may depend on it`,
    { hint: "Run this revision online, or drop it before, and create it again after" },
  );
}
