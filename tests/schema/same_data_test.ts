import { expect, test } from "bun:test";
import { isDeepStrictEqual } from "node:util";
import { sameData } from "../../lib/schema/same_data.ts";

const values: readonly unknown[] = [
  ...[undefined, null, 0, 1, 1n, "", "1", true, [], {}, [1], [1, 2], [[1]], ["1"]],
  ...[{ a: 1 }, { a: undefined }, { b: 1 }, { a: 1, b: 1 }, { b: 1, a: 1 }, { 0: 1 }],
  ...[{ a: { b: [1, { c: 2n }] } }, { a: { b: [1, { c: 3n }] } }, { a: [] }, { a: {} }, {
    a: null,
  }],
];

test("sameData() agrees with isDeepStrictEqual()", () => {
  for (const one of values) {
    for (const other of structuredClone(values)) {
      expect(sameData(one, other), `${Bun.inspect(one)} and ${Bun.inspect(other)}`)
        .toBe(isDeepStrictEqual(one, other));
    }
  }
});
