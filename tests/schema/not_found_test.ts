import { expect, test } from "bun:test";
import { notFound } from "../../lib/schema/not_found.ts";

const of = { name: "people" };

test("notFound() suggests a similar name", () => {
  const { message, facts } = notFound("column", "emial", { of, among: ["id", "email"] });
  expect([message, facts.hint]).toEqual([
    'Cannot find the column "emial" of the table "people"',
    'Did you mean "email"?',
  ]);
  expect(notFound("column", "other", { of, among: ["id"] }).facts.hint).toBeUndefined();
});

test("notFound() lists the constraints, whose names may be generated", () => {
  const hint = (name: string, ...among: readonly (string | undefined)[]) =>
    notFound("constraint", name, { of, among }).facts.hint;
  expect(hint("users_email_key", "people_pkey", undefined, "people_email_key")).toBe(
    'The table has "people_pkey", "people_email_key"',
  );
  expect(hint("people_email_ky", "people_email_key")).toBe('Did you mean "people_email_key"?');
  expect(hint("ck")).toBe("The table has no constraints");
});
