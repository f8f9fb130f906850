import { relations, type SQL, sql } from "drizzle-orm";
import * as p from "drizzle-orm/pg-core";
export const mood = p.pgEnum("mood", ["sad", "ok", "happy"]);
export const app = p.pgSchema("app");
export const size = app.enum("size", ["s", "m", "l"]);
export const seq = p.pgSequence("numbers", {
  startWith: 100,
  increment: 5,
  maxValue: "10000",
  minValue: 1,
  cache: 10,
  cycle: true,
});
export const users = p.pgTable("users", {
  id: p.serial().primaryKey(),
  uid: p.uuid("uid").defaultRandom().notNull().unique(),
  email: p.varchar("email", { length: 255 }).notNull().unique("one_email", {
    nulls: "not distinct",
  }),
  fullName: p.text("full_name").default("it's"),
  age: p.integer().default(18),
  big: p.bigint("big", { mode: "bigint" }).default(sql`10`),
  big2: p.bigint("big2", { mode: "number" }).default(5),
  price: p.numeric("price", { precision: 10, scale: 2 }).default("1.50"),
  ok: p.boolean().default(true),
  r: p.real().default(1.5),
  d: p.doublePrecision().default(2.5),
  createdAt: p.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  fixed: p.timestamp("fixed", { precision: 3 }).default(new Date("2026-01-02T03:04:05.678Z")),
  fixedz: p.timestamp("fixedz", { withTimezone: true }).default(
    new Date("2026-01-02T03:04:05.678Z"),
  ),
  day: p.date("day", { mode: "date" }).default(new Date("2026-01-02T03:04:05.678Z")),
  day2: p.date("day2").default("2026-05-06"),
  t: p.time("t").default("10:00"),
  iv: p.interval("iv", { fields: "day" }),
  data: p.jsonb().default({ a: "its", b: [1] }),
  j: p.json().default([]),
  j2: p.jsonb("j2").default(5),
  j3: p.json("j3").default(true),
  mood: mood().default("ok").notNull(),
  moods: mood("moods").array().default(["sad"]),
  size: size("size"),
  tags: p.text().array().default(["a", "bc", "d,e"]),
  matrix: p.integer().array().array().default([[1, 2], [3, 4]]),
  ip: p.inet(),
  cidr: p.cidr(),
  mac: p.macaddr(),
  pt: p.point(),
  ln: p.line(),
  bits: p.bit("bits", { dimensions: 3 }),
  ch: p.char("ch", { length: 3 }),
  sm: p.smallint().default(3),
  len: p.integer("len").generatedAlwaysAs((): SQL => sql`length(${users.email})`),
  len2: p.integer("len2").generatedAlwaysAs(sql`length("email")`),
  managerId: p.integer("manager_id").references((): p.AnyPgColumn => users.id, {
    onDelete: "set null",
    onUpdate: "cascade",
  }),
}, (t) => [
  p.index("by_created").on(t.createdAt.desc().nullsLast(), t.age.asc().nullsFirst()),
  p.index().on(t.age, t.ok),
  p.uniqueIndex("lower_email").on(sql`lower(${t.email})`),
  p.index("part").on(t.age).where(sql`${t.ok} is true`),
  p.index("gin_tags").using("gin", t.tags),
  p.index("ops").using("btree", t.fullName.op("text_pattern_ops")).with({ fillfactor: 70 }),
  p.index("worded").on(
    sql`lower(${t.fullName}) text_pattern_ops desc nulls last`,
    sql`${t.age} desc`,
    sql`(${t.fullName} || ' asc')`,
  ),
  p.check("age_check", sql`${t.age} >= 0`),
  p.unique("name_age").on(t.fullName, t.age).nullsNotDistinct(),
]);
export const posts = app.table("posts", {
  id: p.integer().primaryKey().generatedAlwaysAsIdentity({ startWith: 10, increment: 2 }),
  other: p.bigint("other", { mode: "number" }).generatedByDefaultAsIdentity(),
  author: p.integer("author").notNull().references(() => users.id, { onDelete: "cascade" }),
  title: p.text().notNull(),
}, (t) => [p.index("posts_title").on(t.title)]);
export const membership = p.pgTable("membership", {
  userId: p.integer("user_id").notNull(),
  postId: p.integer("post_id"),
  note: p.text(),
}, (t) => ({
  pk: p.primaryKey({ columns: [t.userId, t.postId] }),
  fk: p.foreignKey({ columns: [t.userId], foreignColumns: [users.id], name: "custom_fk" }).onDelete(
    "restrict",
  ),
  pol: p.pgPolicy("own", { for: "select", to: "public", using: sql`user_id = 1` }),
}));
export const plain = p.pgTable("plain", { id: p.integer().primaryKey(), n: p.smallserial() });
export const secured = p.pgTable("secured", { a: p.integer() }).enableRLS();
export const adults = p.pgView("adults").as((qb) =>
  qb.select({ id: users.id, email: users.email }).from(users).where(sql`${users.age} > ${17}`)
);
export const opt = p.pgView("opt", { id: p.integer() }).with({
  securityInvoker: true,
  checkOption: "cascaded",
}).as(sql`select id from users`);
export const counts = p.pgMaterializedView("counts").as((qb) =>
  qb.select({ author: posts.author, n: sql<number>`count(*)`.as("n") }).from(posts).groupBy(
    posts.author,
  )
);
export const existing = p.pgView("existing_one", { a: p.integer() }).existing();
export const rel = relations(users, ({ many }) => ({ posts: many(posts) }));
