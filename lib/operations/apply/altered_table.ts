import type { Table, TableOptions } from "../../schema/schema.ts";
import type { TableChange } from "../table_change.ts";

/** Returns `table` with `change` applied. */
export function alteredTable({ options: old = {}, ...table }: Table, change: TableChange): Table {
  const parameters = present({ ...old.with, ...change.with });
  const { with: _, ...rest } = { ...old, ...change };
  const options: TableOptions = {
    ...present(rest),
    ...(Object.keys(parameters).length > 0 && { with: parameters }),
  };
  return { ...table, ...(Object.keys(options).length > 0 && { options }) };
}

/** Returns the options of `table` that `change` replaces. */
export function replacedOptions({ options = {} }: Table, change: TableChange): TableChange {
  return replacedIn({ ...options }, change);
}

type Parts = Readonly<Record<string, unknown>>;

function replacedIn(old: Parts, change: Parts): Parts {
  const replaced = Object.entries(change).map(([key, value]) => [
    key,
    isParts(value) ? replacedIn(isParts(old[key]) ? old[key] : {}, value) : old[key] ?? null,
  ]);
  return Object.fromEntries(replaced);
}

function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function present<Value>(
  parts: Readonly<Record<string, Value>>,
): Readonly<Record<string, NonNullable<Value>>> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]]
    ),
  );
}
