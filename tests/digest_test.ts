import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { newDigest, sha256 } from "../lib/digest.ts";

test("sha256() and newDigest() agree with node:crypto", () => {
  const text = "naïve ✓\n";
  expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  expect(newDigest("md5").update(text).digest("hex"))
    .toBe(createHash("md5").update(text).digest("hex"));
});

test("copy() makes an independent digest", () => {
  const begun = newDigest("sha256").update("a");
  const copy = begun.copy().update("b");
  expect(copy.digest("hex")).toBe(sha256("ab"));
  expect(begun.update("c").digest("hex")).toBe(sha256("ac"));
});
