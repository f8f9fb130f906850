import { indexName } from "../../schema/naming.ts";
import type { Column, Constraint, ConstraintOf, Index } from "../../schema/schema.ts";
import { type Code, fields, optional, word } from "./code.ts";
import { typeCode } from "./column_type.ts";
import { columnReferenceCode, type ConstraintPlace, flag } from "./constraint.ts";
import { defaultCode, expressionCode } from "./expressions.ts";
import { inlineReference } from "./inline_parts.ts";
import { literal, text } from "./literal.ts";
import { constraintNameCode } from "./names.ts";

/** What a column declares for its table. */
export interface ColumnSays {
  /** Those that it can declare, in the order in which they are recorded. */
  readonly constraints: readonly Constraint[];
  readonly index?: Index | undefined;
  /** It is NOT NULL without stating it, as a primary key is. */
  readonly isKey: boolean;
}

/** Returns the call that describes `column` with all that it declares. */
export function columnCode(column: Column, says: ColumnSays, place: ConstraintPlace): Code {
  const { name, type, nullable, default: value, generated, identity, sequence } = column;
  const said = <Kind extends Constraint["kind"]>(kind: Kind) =>
    says.constraints.find((it): it is ConstraintOf<Kind> => it.kind === kind);
  const unique = said("unique");
  const check = said("check");
  const options = optional({
    primaryKey: flag(said("primaryKey") !== undefined),
    nullable: nullable || says.isKey ? undefined : "false",
    unique: unique && (constraintNameCode(unique, place.table, place.naming) ?? "true"),
    index: says.index && indexCode(says.index, place),
    references: referenceCode(said("foreignKey"), place),
    serverDefault: value && defaultCode(value),
    generated: generatedCode(generated),
    identity: identity && text(identity),
    sequence: sequence && literal(sequence),
    sequenceName: column.sequenceName === undefined ? undefined : text(column.sequenceName),
    check: check && expressionCode(check.expression),
    collation: column.collation === undefined ? undefined : literal(column.collation),
    comment: column.comment === undefined ? undefined : text(column.comment),
  });
  return word("column", text(name), typeCode(type), ...options);
}

/** Returns the code for a column's generation; `stored` is the default. */
export function generatedCode(generated: Column["generated"]): Code | undefined {
  return generated && fields({
    expression: expressionCode(generated.expression),
    stored: generated.stored ? undefined : "false",
  });
}

function referenceCode(
  key: ConstraintOf<"foreignKey"> | undefined,
  place: ConstraintPlace,
): Code | undefined {
  if (key === undefined) return undefined;
  const column = inlineReference(key);
  return column === undefined ? undefined : columnReferenceCode(key, column, place);
}

function indexCode({ name, on }: Index, { table, naming }: ConstraintPlace): Code {
  const columns = on.filter((it) => typeof it === "string");
  return name === indexName(table, columns, naming) ? "true" : text(name);
}
