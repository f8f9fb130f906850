import type { SequenceOptions } from "../../schema/schema.ts";

/**
 * Returns `options` without PostgreSQL's defaults: https://www.postgresql.org/docs/current/sql-createsequence.html
 *
 * @param bits Of the sequence's type.
 */
export function withoutUsual(options: SequenceOptions, bits: 16 | 32 | 64): SequenceOptions {
  const increment = unless(options.increment, 1n);
  const descends = increment !== undefined && increment < 0;
  const usual = usualBounds(options, bits);
  const minValue = unless(options.minValue, usual.minValue);
  const maxValue = unless(options.maxValue, usual.maxValue);
  const start = unless(options.start, descends ? maxValue ?? -1n : minValue ?? 1n);
  const { cache = 1, cycle = false } = options;
  return {
    ...(start !== undefined && { start }),
    ...(increment !== undefined && { increment }),
    ...(minValue !== undefined && { minValue }),
    ...(maxValue !== undefined && { maxValue }),
    ...(cache !== 1 && { cache }),
    ...(cycle && { cycle }),
  };
}

/** Returns the bounds of a sequence that states none. */
export function usualBounds(
  { increment = 1 }: SequenceOptions,
  bits: 16 | 32 | 64,
): { readonly minValue: bigint; readonly maxValue: bigint } {
  const greatest = 2n ** BigInt(bits - 1) - 1n;
  return increment < 0
    ? { minValue: -greatest - 1n, maxValue: -1n }
    : { minValue: 1n, maxValue: greatest };
}

/** Returns `value` unless it is the usual one; as a number, where that loses no digit. */
function unless(
  value: number | bigint | undefined,
  usual: number | bigint,
): number | bigint | undefined {
  if (value === undefined || BigInt(value) === BigInt(usual)) return undefined;
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : BigInt(value);
}
