import { listItems, parenthesised, type Token, tokenize } from "./tokens.ts";

/** What a CREATE TABLE says and no pragma reports. */
export interface TableText {
  /** In the order of the text. */
  readonly constraints: readonly WrittenConstraint[];
  /** The expressions of generated columns, by name. */
  readonly generated: ReadonlyMap<string, string>;
}

export interface WrittenConstraint {
  readonly kind: "primaryKey" | "unique" | "foreignKey" | "check";
  readonly name?: string;
  /** The column that it stands at; of one of the table's, those between its parentheses. Empty for a check. */
  readonly columns: readonly string[];
  /** Of a check: the condition, as written. */
  readonly expression?: string;
  readonly deferrable?: "immediate" | "deferred";
}

/** Returns what `sql` says, a CREATE TABLE statement that SQLite has accepted. */
export function readTableText(sql: string): TableText {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((it) => it.text === "(");
  const items = open < 0 ? [] : listItems(tokens, open).map((it) => readItem(it, sql));
  return {
    constraints: items.flatMap((it) => it.constraints),
    generated: new Map(items.flatMap((it) => it.generated ? [it.generated] : [])),
  };
}

interface Item {
  readonly constraints: readonly WrittenConstraint[];
  readonly generated: readonly [column: string, expression: string] | undefined;
}

const tableLevel = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

/** A column with its constraints, or constraints of the table. */
function readItem(item: readonly Token[], sql: string): Item {
  const [first] = item;
  const column = tableLevel.has(first?.word ?? "") ? undefined : first?.name;
  const constraints: WrittenConstraint[] = [];
  let generated: Item["generated"];
  let name: string | undefined;
  const add = (kind: WrittenConstraint["kind"], more: Partial<WrittenConstraint>) => {
    constraints.push({ kind, columns: [], ...(name !== undefined && { name }), ...more });
    name = undefined;
  };
  for (const [at, { word, depth }] of item.entries()) {
    if (depth !== 1 || (column !== undefined && at === 0)) continue;
    const columns = column === undefined ? columnsAfter(item, at) : [column];
    switch (word) {
      case "CONSTRAINT":
        name = item[at + 1]?.name;
        break;
      case "PRIMARY":
        add("primaryKey", { columns });
        break;
      case "UNIQUE":
        add("unique", { columns });
        break;
      case "FOREIGN":
        add("foreignKey", { columns, ...deferral(item, at) });
        break;
      case "REFERENCES":
        if (column !== undefined) add("foreignKey", { columns, ...deferral(item, at) });
        break;
      case "CHECK":
        add("check", { expression: parenthesised(item, at + 1, sql) });
        break;
      case "AS":
        if (column !== undefined) generated = [column, parenthesised(item, at + 1, sql)];
        break;
      case "DEFAULT":
      case "COLLATE":
      case "NOT":
      case "NULL":
        name = undefined; // it named what is no constraint of ours
        break;
    }
  }
  return { constraints, generated };
}

/** Returns when a foreign key that begins at `at` is checked, if it says so. */
function deferral(
  item: readonly Token[],
  at: number,
): Pick<WrittenConstraint, "deferrable"> {
  const words = item.slice(at).filter((it) => it.depth === 1).map((it) => it.word ?? "").join(" ");
  const [, said] =
    /^(?:(?!\b(?:CHECK|UNIQUE|PRIMARY|CONSTRAINT)\b)[^])*?\b(DEFERRABLE(?: INITIALLY \w+)?)/
      .exec(words.replaceAll(/NOT DEFERRABLE(?: INITIALLY \w+)?/g, "")) ?? [];
  if (said === undefined) return {};
  return { deferrable: said.endsWith("DEFERRED") ? "deferred" : "immediate" };
}

/** Returns the columns between the parentheses behind `at`; their COLLATE and order are left out. */
function columnsAfter(item: readonly Token[], at: number): readonly string[] {
  const open = item.findIndex((it, index) => index > at && it.text === "(");
  const close = item.findIndex((it, index) => index > open && it.depth === 1);
  return item.slice(open, close < 0 ? undefined : close).flatMap((it, index, inside) => {
    const before = inside[index - 1]?.text;
    return it.name !== undefined && (before === "(" || before === ",") ? [it.name] : [];
  });
}
