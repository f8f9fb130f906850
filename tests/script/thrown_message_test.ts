import { expect, test } from "bun:test";
import { thrownMessage } from "../../lib/script/code/thrown_message.ts";

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

test.each<[name: string, thrown: unknown, message: string]>([
  ["an error", new Error("lost"), "lost"],
  ["a text", "lost", "lost"],
  ["an empty string", "", "an empty string"],
  ["nothing", undefined, "undefined"],
  ["a null", null, "null"],
  ["a symbol", Symbol("lost"), "Symbol(lost)"],
  ["an error that says nothing", new RangeError(), "RangeError"],
  [
    "several errors",
    new AggregateError([new Error("one"), "two", new AggregateError([new Error("three")])]),
    "one; two; three",
  ],
  ["an object that says something", { code: 5, message: "lost" }, "lost"],
  ["an object", { code: 5 }, '{"code":5}'],
  ["an object without a prototype", Object.create(null), "{}"],
  ["an object that is in itself", cyclic, "an object"],
])("what is thrown is told in words: %s", (_, thrown, message) => {
  expect(thrownMessage(thrown)).toBe(message);
});
