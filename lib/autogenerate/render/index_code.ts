import type { Index, IndexElement } from "../../schema/schema.ts";
import { type Code, fields, list } from "./code.ts";
import { flag } from "./constraint.ts";
import { expressionCode, onCode } from "./expressions.ts";
import { literal, text } from "./literal.ts";
import { namesCode } from "./names.ts";

/** Returns the elements of `index`. */
export function elementsCode({ on }: Index): Code {
  return list(on.map(elementCode));
}

/** Returns the options of `index` besides its name and its elements. */
export function indexOptions(index: Index): Readonly<Record<string, Code | undefined>> {
  const { unique, using, include, nullsNotDistinct, where, with: storage, tablespace } = index;
  return {
    unique: flag(unique),
    using: using === undefined ? undefined : text(using),
    include: include && namesCode(include),
    nullsNotDistinct: flag(nullsNotDistinct),
    where: where && expressionCode(where),
    with: storage && literal(storage),
    tablespace: tablespace === undefined ? undefined : text(tablespace),
  };
}

function elementCode(element: IndexElement): Code {
  if (typeof element === "string" || "sql" in element) return onCode(element);
  const { on, collation, operatorClass, order, nulls } = element;
  return fields({
    on: onCode(on),
    collation: collation === undefined ? undefined : literal(collation),
    operatorClass: operatorClass === undefined ? undefined : text(operatorClass),
    order: order && text(order),
    nulls: nulls && text(nulls),
  });
}
