import { type SQL, sql } from "drizzle-orm";
import * as s from "drizzle-orm/sqlite-core";
export const users = s.sqliteTable(
  "users",
  {
    id: s.integer("id").primaryKey({ autoIncrement: true }),
    name: s.text("name", { length: 50 }).notNull().default("it's"),
    email: s.text().unique(),
    kind: s.text("kind", { enum: ["a", "b"] }).default("a"),
    ok: s.integer("ok", { mode: "boolean" }).default(true),
    at: s.integer("at", { mode: "timestamp" }).default(sql`(unixepoch())`),
    score: s.real("score").default(1.5),
    blob: s.blob("blob"),
    num: s.numeric("num").default("1.5"),
    data: s.text("data", { mode: "json" }).default({ a: 1 }),
    len: s.integer("len").generatedAlwaysAs(sql`length("name")`),
    len2: s.integer("len2").generatedAlwaysAs((): SQL => sql`length(${users.name})`, {
      mode: "stored",
    }),
    boss: s.integer("boss").references((): s.AnySQLiteColumn => users.id, { onDelete: "cascade" }),
  },
  (
    t,
  ) => [
    s.index("by_name").on(t.name),
    s.uniqueIndex("lower").on(sql`lower(${t.name})`).where(sql`${t.ok} = 1`),
    s.index("worded").on(sql`${t.name} collate nocase desc`, sql`lower(${t.email}) desc`),
    s.check("c", sql`${t.score} > 0`),
    s.unique("two").on(t.name, t.kind),
  ],
);
export const link = s.sqliteTable(
  "link",
  { a: s.integer("a").references(() => users.id), b: s.integer("b").notNull() },
  (
    t,
  ) => [
    s.primaryKey({ columns: [t.a, t.b] }),
    s.foreignKey({ columns: [t.b], foreignColumns: [users.id], name: "named" }),
  ],
);
export const plain = s.sqliteTable("plain", { id: s.text("id").primaryKey(), v: s.integer() });
export const v = s.sqliteView("v").as((qb) => qb.select().from(plain));
