import { ToolError } from "../../../error.ts";
import type { Operation, OperationOf } from "../../../operations/operation.ts";
import { columnsOf } from "../../../schema/columns_of.ts";
import { showName } from "../../../schema/qualified_name.ts";
import { besides } from "../../clauses.ts";
import { compile } from "../compile.ts";
import { parseTable } from "../parse_table.ts";
import { mentions, sameIdentifier } from "../same_identifier.ts";
import { tokenize } from "../tokens.ts";
import type { Catalogue } from "./catalogue.ts";
import { waitsFor } from "./check_users.ts";
import type { Change, Draft } from "./draft.ts";
import { dropColumn } from "./edit_table.ts";
import { allConstraints, columnIn } from "./find_parts.ts";
import { constraintsNaming, indexNames } from "./names_column.ts";
import { withoutCondition } from "./without_condition.ts";

/** SQLite's own DROP COLUMN removes the comments before the next column as well, and refuses columns in use. */
export function droppedColumn(
  { column }: OperationOf<"dropColumn">,
  asked: Operation,
  draft: Draft,
  catalogue: Catalogue,
): Change {
  const { table, name: on, references, others } = catalogue;
  const parsed = parseTable(draft.sql);
  const { index, item } = columnIn(parsed, column, on);
  const key = allConstraints(parsed).find((it) => it.constraint.kind === "primaryKey");
  const refuse = (because: string, hint: string) =>
    new ToolError(
      "operation/invalid",
      `Cannot drop the column "${column}" of "${showName(on)}": ${because}`,
      { hint },
    );
  const reference = references.find((it) =>
    (it.to === undefined
      ? key && names(columnsOf(key.constraint), column)
      : sameIdentifier(it.to, column)) &&
    !(sameIdentifier(it.child, table.name) && !isStillReferred(draft, column, table.name))
  );
  if (reference) {
    throw refuse(
      `a foreign key of "${reference.child}" refers to it`,
      "Drop that foreign key first",
    );
  }
  const waiting = others.find((it) => waitsFor(it, table.name, column));
  if (waiting) {
    throw refuse(
      `the trigger "${waiting.name}" uses it`,
      "Drop the trigger first, and create it again without the column",
    );
  }
  const sql = dropColumn(draft.sql, on, column);
  const going = draft.indexes.filter((it) => indexNames(it.sql, column));
  const next = parsed.items[index + 1];
  const cut = draft.sql.slice(
    parsed.items[index - 1]?.end ?? item.start,
    next?.start ?? parsed.inside.end,
  );
  const isNative = !/--|\/\*/.test(cut) &&
    constraintsNaming(parsed, column).every((it) => it.index === index) &&
    !item.clauses.some((it) => ["primaryKey", "unique"].includes(it.kind)) &&
    !others.some((it) => mentions(tokenize(it.sql), column));
  return {
    draft: {
      ...draft,
      sql,
      indexes: draft.indexes.filter((it) => !going.includes(it)),
      gone: [...draft.gone, column],
    },
    ...(isNative && {
      native: [
        ...going.map((it) => ({ sql: `DROP INDEX ${besides(table, it.name)}` })),
        ...compile(withoutCondition(asked)),
      ],
    }),
  };
}

/** An earlier operation may have dropped a self-referencing foreign key. */
function isStillReferred({ sql }: Draft, column: string, table: string): boolean {
  const parsed = parseTable(sql);
  return allConstraints(parsed).some(({ constraint }) => {
    if (constraint.kind !== "foreignKey") return false;
    const { columns, references: { name, columns: referred } } = constraint;
    return sameIdentifier(name, table) && !names(columns, column) &&
      (referred.length === 0 || names(referred, column));
  });
}

function names(columns: Iterable<string>, column: string): boolean {
  return [...columns].some((it) => sameIdentifier(it, column));
}
