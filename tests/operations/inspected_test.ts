import { expect, test } from "bun:test";
import { inspected } from "../../lib/operations/inspected.ts";
import { emptySchema } from "../../lib/schema/schema.ts";

test("an inspected schema finds its tables by the names that revisions use", () => {
  const [users, posts] = [{ name: "users" }, { schema: "app", name: "posts" }].map((it) => ({
    ...it,
    columns: [],
    constraints: [],
    indexes: [],
  }));
  const schema = inspected({
    ...emptySchema,
    tables: [users, posts].filter((it) => it !== undefined),
  });
  expect(schema.table("users")).toBe(users);
  expect(schema.table("app.posts")).toBe(posts);
  expect([schema.table("posts"), schema.table("app.users")]).toEqual([undefined, undefined]);
});
