import type { Column, SequenceOptions } from "../../schema/schema.ts";
import type { ColumnChange } from "../column_change.ts";

/** Returns `column` with `change` applied. */
export function alteredColumn(column: Column, change: ColumnChange): Column {
  const { default: oldDefault, comment: oldComment, collation: oldCollation, ...other } = column;
  const { identity, sequence, sequenceName, generated, ...rest } = other;
  const value = kept(change.default, oldDefault);
  const comment = kept(change.comment, oldComment);
  const collation = kept(change.collation, oldCollation);
  const computed = kept(change.generated, generated);
  const old = {
    ...(identity && { identity }),
    ...(sequence && { sequence }),
    ...(sequenceName !== undefined && { sequenceName }),
  };
  return {
    ...rest,
    ...(change.type && { type: change.type }),
    ...(change.nullable !== undefined && { nullable: change.nullable }),
    ...(value && { default: value }),
    ...(comment !== undefined && { comment }),
    ...(collation !== undefined && { collation }),
    ...(computed && { generated: computed }),
    ...counting(change.identity, old),
  };
}

/** Undefined keeps the old value; null removes it. */
function kept<Value>(said: Value | null | undefined, old: Value | undefined): Value | undefined {
  return said === undefined ? old : said ?? undefined;
}

type Numbering = Pick<Column, "identity" | "sequence" | "sequenceName">;

function counting(
  said: ColumnChange["identity"],
  old: Numbering,
): Numbering {
  if (said === undefined) return old;
  if (said === null) return { identity: "none" };
  const { generation, sequenceName, ...options } = said;
  const isSame = (generation === "serial") === (old.identity === "serial");
  const name = kept(sequenceName, isSame ? old.sequenceName : undefined);
  const sequence: SequenceOptions = Object.fromEntries(
    Object.entries({ ...old.sequence, ...options }).filter(([, value]) => value !== null),
  );
  return {
    identity: generation,
    ...(Object.keys(sequence).length > 0 && { sequence }),
    ...(name !== undefined && { sequenceName: name }),
  };
}
