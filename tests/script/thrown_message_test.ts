import { expect, test } from "bun:test";
import { thrownMessage } from "../../lib/script/code/thrown_message.ts";

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

function unreadable(name: string): Error {
  return Object.defineProperty(new Error("lost"), name, {
    get: () => {
      throw new Error("not this one");
    },
  });
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

test.each<[name: string, thrown: unknown, message: string]>([
  ["an error", new Error("lost"), "lost"],
  ["a string", "lost", "lost"],
  ["an empty string", "", "an empty string"],
  ["undefined", undefined, "undefined"],
  ["a null", null, "null"],
  ["a symbol", Symbol("lost"), "Symbol(lost)"],
  ["an error without a message", new RangeError(), "RangeError"],
  [
    "several errors",
    new AggregateError([new Error("one"), "two", new AggregateError([new Error("three")])]),
    "one; two; three",
  ],
  [
    "several errors with a message of their own",
    new AggregateError([new Error("one"), new Error("two")], "both failed"),
    "both failed: one; two",
  ],
  ["an error whose message cannot be read", unreadable("message"), "Error"],
  ["an error whose stack cannot be read", unreadable("stack"), "lost"],
  ["what cannot be read at all", revoked(), "something that cannot be described"],
  ["an object with a message", { code: 5, message: "lost" }, "lost"],
  ["an object", { code: 5 }, '{"code":5}'],
  ["an object without a prototype", Object.create(null), "{}"],
  ["a circular object", cyclic, "an object"],
])("thrownMessage() describes %s", (_, thrown, message) => {
  expect(thrownMessage(thrown)).toBe(message);
});
