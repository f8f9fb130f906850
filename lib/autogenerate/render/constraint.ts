import type { NamingContext } from "../../schema/naming.ts";
import type { Constraint, ConstraintOf, IndexStorage, QualifiedName } from "../../schema/schema.ts";
import { type Code, fields, list, method, optional, word } from "./code.ts";
import { expressionCode, onCode, rawCode } from "./expressions.ts";
import { literal, text } from "./literal.ts";
import { constraintNameCode, nameCode, namesCode } from "./names.ts";

/** The table of a constraint, and how the project names constraints. */
export interface ConstraintPlace {
  readonly table: QualifiedName;
  readonly naming: NamingContext;
}

type Said = Readonly<Record<string, Code | undefined>>;

/** Returns the call that describes `constraint`. */
export function constraintCode(constraint: Constraint, place: ConstraintPlace): Code {
  const options = optional({
    name: constraintNameCode(constraint, place.table, place.naming),
    ...optionsOf(constraint),
  });
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return word(constraint.kind, namesCode(constraint.columns), ...options);
    case "foreignKey":
      return word(
        "foreignKey",
        namesCode(constraint.columns),
        referenceCode(constraint),
        ...options,
      );
    case "check":
      return word("check", expressionCode(constraint.expression), ...options);
    case "exclude":
      return word("exclude", elementsCode(constraint), ...options);
  }
}

/** Returns the call that adds `constraint` to the table. */
export function addConstraintCode(constraint: Constraint, place: ConstraintPlace): Code {
  const table = nameCode(place.table);
  const name = constraintNameCode(constraint, place.table, place.naming) ?? "null";
  const options = optional(optionsOf(constraint));
  switch (constraint.kind) {
    case "primaryKey":
      return options.length > 0
        ? method("addConstraint", table, constraintCode(constraint, place))
        : method("createPrimaryKey", name, table, namesCode(constraint.columns));
    case "unique":
      return method(
        "createUniqueConstraint",
        name,
        table,
        namesCode(constraint.columns),
        ...options,
      );
    case "foreignKey": {
      const { columns, references } = constraint;
      const ends = [namesCode(columns), namesCode(references.columns)];
      return method("createForeignKey", name, table, nameCode(references), ...ends, ...options);
    }
    case "check":
      return method(
        "createCheckConstraint",
        name,
        table,
        expressionCode(constraint.expression),
        ...options,
      );
    case "exclude":
      return method("createExcludeConstraint", name, table, elementsCode(constraint), ...options);
  }
}

/** Returns how a column declares its own foreign key. */
export function columnReferenceCode(
  key: ConstraintOf<"foreignKey">,
  column: string,
  { table, naming }: ConstraintPlace,
): Code {
  const options = { name: constraintNameCode(key, table, naming), ...optionsOf(key) };
  const short = shortReference(key, column);
  if (short !== undefined && optional(options).length === 0) return short;
  return fields({ table: nameCode(key.references), column: text(column), ...options });
}

function referenceCode(key: ConstraintOf<"foreignKey">): Code {
  const { columns } = key.references;
  const [first, ...others] = columns;
  const short = first !== undefined && others.length === 0 && shortReference(key, first);
  return short || fields({ table: nameCode(key.references), columns: namesCode(columns) });
}

/** Returns `"table.column"`, if that can be read in only one way. */
function shortReference(
  { references: { schema, name } }: ConstraintOf<"foreignKey">,
  column: string,
): Code | undefined {
  const parts = [...schema === undefined ? [] : [schema], name, column];
  return parts.some((it) => it.includes(".")) ? undefined : text(parts.join("."));
}

function elementsCode({ elements }: ConstraintOf<"exclude">): Code {
  return list(
    elements.map(({ on, collation, operatorClass, order, nulls, operator }) =>
      fields({
        on: onCode(on),
        collation: collation && literal(collation),
        operatorClass: operatorClass && text(operatorClass),
        order: order && text(order),
        nulls: nulls && text(nulls),
        operator: text(operator),
      })
    ),
  );
}

/** Returns the options of a constraint besides its name and what it is on. */
function optionsOf(constraint: Constraint): Said {
  return {
    ...ownOptions(constraint),
    deferrable: constraint.deferrable && text(constraint.deferrable),
    notValid: flag(constraint.notValid),
  };
}

function ownOptions(constraint: Constraint): Said {
  switch (constraint.kind) {
    case "primaryKey":
      return keyOptions(constraint);
    case "unique":
      return {
        nullsNotDistinct: flag(constraint.nullsNotDistinct),
        ...keyOptions(constraint),
      };
    case "foreignKey": {
      const { onDelete, onDeleteColumns, onUpdate, match, period, notEnforced } = constraint;
      return {
        onDelete: onDelete && text(onDelete),
        onDeleteColumns: onDeleteColumns && namesCode(onDeleteColumns),
        onUpdate: onUpdate && text(onUpdate),
        match: match && text(match),
        period: flag(period),
        notEnforced: flag(notEnforced),
      };
    }
    case "check":
      return {
        noInherit: flag(constraint.noInherit),
        notEnforced: flag(constraint.notEnforced),
      };
    case "exclude":
      return {
        using: constraint.using === "gist" ? undefined : text(constraint.using),
        ...storageOptions(constraint),
        where: constraint.where && rawCode(constraint.where),
      };
  }
}

function keyOptions(constraint: ConstraintOf<"primaryKey"> | ConstraintOf<"unique">): Said {
  const { onConflict, withoutOverlaps } = constraint;
  return {
    withoutOverlaps: flag(withoutOverlaps),
    ...storageOptions(constraint),
    onConflict: onConflict && text(onConflict),
  };
}

function storageOptions({ include, with: parameters, tablespace }: IndexStorage): Said {
  return {
    include: include && namesCode(include),
    with: parameters && literal(parameters),
    tablespace: tablespace === undefined ? undefined : text(tablespace),
  };
}

/** Returns the code `true` for true, and undefined otherwise. */
export function flag(said: boolean | undefined): Code | undefined {
  return said ? "true" : undefined;
}
