import type { CompiledStatement } from "../../dialect/dialect.ts";
import { newDigest, sha256 } from "../../digest.ts";
import type { Work } from "../../plan/plan.ts";
import { openSection } from "../../script/open_section.ts";
import type { SectionReference } from "../../script/script_body.ts";
import type { Location } from "../../sql/statement.ts";
import { chunksOf, dataUntilEnd } from "../execute/copy_data.ts";

/** One statement of a step; a body of `run`, a COPY and a table rebuild count as one. */
export type Item =
  & (
    | { readonly kind: "statement"; readonly statement: CompiledStatement }
    | {
      readonly kind: "copy";
      readonly statement: CompiledStatement;
      /** Returns its data from the beginning; called again when its transaction is retried. */
      readonly data: () => AsyncIterable<string>;
    }
    | Extract<Work, { kind: "body" | "deferred" }>
  )
  & {
    readonly at?: Location | undefined;
    /**
     * Returns a digest that identifies it when the step is resumed; for a COPY, only once its data
     * has been read to the end.
     */
    digest(): string;
  };

/** Yields the items of `work`, which is read as they are consumed. */
export function* itemsOf(work: readonly Work[]): Generator<Item, void> {
  for (const it of work) {
    if (it.kind === "section") yield* sectionItems(it.section);
    else if (it.kind === "statement") yield statementItem(it);
    else if (it.kind === "copy") yield copyItem({ ...it, data: () => chunksOf(it.data) });
    else if (it.kind === "body") {
      const { summary, body } = it.operation;
      yield { ...it, digest: () => digestOf(`${summary}\n${body}`) };
    } else yield { ...it, at: it.recorded[0]?.at, digest: () => digestOf(asText(it.recorded)) };
  }
}

function* sectionItems(section: SectionReference): Generator<Item, void> {
  const pieces = openSection(section);
  let copies = 0;
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    const piece = next.value;
    if (piece.kind !== "statement" && piece.kind !== "copy") continue;
    const placed = { statement: { sql: piece.sql }, at: { file: section.path, line: piece.line } };
    if (piece.kind === "statement") yield statementItem(placed);
    else {
      const number = copies++;
      let data: AsyncIterable<string> | undefined = dataUntilEnd(pieces);
      yield copyItem({
        ...placed,
        data: () => {
          const found = data ?? dataOf(number, section);
          data = undefined;
          return found;
        },
      });
    }
  }
}

/**
 * Yields the data of COPY `number` of a section, counted from 0; everything before it is read
 * again.
 */
async function* dataOf(number: number, section: SectionReference): AsyncGenerator<string> {
  const pieces = openSection(section);
  let copies = 0;
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    if (next.value.kind === "copy" && copies++ === number) return yield* dataUntilEnd(pieces);
  }
}

/** Returns how many items `work` has. */
export function countItems(work: readonly Work[]): number {
  let count = 0;
  for (const it of work) {
    if (it.kind !== "section") count += 1;
    else {
      for (const { kind } of openSection(it.section)) {
        if (kind === "statement" || kind === "copy") count += 1;
      }
    }
  }
  return count;
}

function statementItem(
  { statement, at }: { readonly statement: CompiledStatement; readonly at?: Location | undefined },
): Item {
  const { sql, parameters } = statement;
  const text = () => parameters === undefined ? sql : `${sql}\n${asText(parameters)}`;
  return { kind: "statement", statement, at, digest: () => digestOf(text()) };
}

function copyItem({ statement, at, data }: {
  readonly statement: CompiledStatement;
  readonly at?: Location | undefined;
  readonly data: () => AsyncIterable<string>;
}): Item {
  let sum = newDigest("sha256");
  async function* summed(): AsyncGenerator<string> {
    sum = newDigest("sha256").update(statement.sql);
    for await (const chunk of data()) {
      sum.update(chunk);
      yield chunk;
    }
  }
  const digest = () => sum.copy().digest("hex").slice(0, digits);
  return { kind: "copy", statement, at, data: summed, digest };
}

const digits = 16;

function digestOf(text: string): string {
  return sha256(text).slice(0, digits);
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => {
    if (typeof it === "function" || typeof it === "bigint") return String(it);
    return isPlace(it) ? undefined : it; // lines added above change nothing
  });
}

function isPlace(value: unknown): boolean {
  return typeof value === "object" && value !== null && "file" in value && "line" in value;
}
