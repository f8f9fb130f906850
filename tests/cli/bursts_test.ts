import { expect, test } from "bun:test";
import { Bursts } from "../../lib/cli/bursts.ts";

function recorded() {
  const written: string[] = [];
  const clock = { now: 0 };
  const bursts = new Bursts((text) => written.push(text), () => clock.now);
  return { written, clock, bursts };
}

test("the first text is written at once", () => {
  const { written, bursts } = recorded();
  bursts.write("a\n");
  expect(written).toEqual(["a\n"]);
});

test("texts in quick succession are written together when the work between them ends", async () => {
  const { written, bursts } = recorded();
  for (const it of ["a\n", "b\n", "c\n"]) bursts.write(it);
  expect(written).toEqual(["a\n"]);
  await Promise.resolve();
  expect(written).toEqual(["a\n", "b\nc\n"]);
});

test("a text after a while is written at once, with those that were held back", () => {
  const { written, clock, bursts } = recorded();
  bursts.write("a\n");
  bursts.write("b\n");
  clock.now += 9;
  bursts.write("c\n");
  clock.now += 1;
  bursts.write("d\n");
  expect(written).toEqual(["a\n", "b\nc\nd\n"]);
});

test("flush writes what is held back, once", async () => {
  const { written, bursts } = recorded();
  bursts.write("a\n");
  bursts.write("b\n");
  bursts.flush();
  expect(written).toEqual(["a\n", "b\n"]);
  await Promise.resolve();
  bursts.flush();
  expect(written).toEqual(["a\n", "b\n"]);
});

test("after the end, each text is written at once", () => {
  const { written, bursts } = recorded();
  bursts.write("a\n");
  bursts.write("b\n");
  bursts.end();
  bursts.write("c\n");
  bursts.write("d\n");
  expect(written).toEqual(["a\n", "b\n", "c\n", "d\n"]);
});
