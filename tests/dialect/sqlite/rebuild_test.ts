import { describe, expect, test } from "bun:test";
import type { Connection } from "../../../lib/driver/driver.ts";
import { check } from "../../../lib/schema/table.ts";
import { connect } from "../../driver/connect.ts";
import { alter, snapshot } from "./alter.ts";
import { type Probe, probes } from "./probes.ts";

test("there are at least as many probes as Alembic was asked", () => {
  expect(new Set(probes.map((it) => it.name)).size).toBe(probes.length);
  expect(probes.length).toBeGreaterThanOrEqual(68);
});

describe.each(probes)("$name", (probe) => {
  test("is changed, and nothing else", async () => {
    await using connection = await made(probe);
    const before = await snapshot(connection);
    if (probe.change === undefined) {
      const statements = await alter(
        connection,
        (op) => op.addConstraint("t", check("1", { name: "added" })),
      );
      expect(statements.some((it) => it.startsWith("INSERT OR ABORT"))).toBe(true);
      expect((await snapshot(connection)).texts).not.toEqual(before.texts);
      await alter(connection, (op) => op.dropConstraint("t", "added"));
      return expect(await snapshot(connection)).toEqual(before);
    }
    const changing = alter(connection, probe.change);
    if (probe.error !== undefined) {
      const error = await changing.then(() => "nothing", (it: Error) => it.message);
      expect(error).toContain(probe.error);
      return expect(await snapshot(connection)).toEqual(before);
    }
    await changing;
    const after = await snapshot(connection);
    const texts = { ...before.texts };
    const own = "main table t on t";
    for (const [old, made] of probe.table ?? []) {
      expect(texts[own]).toContain(old);
      texts[own] = texts[own]?.replace(old, () => made) ?? null;
    }
    for (const [key, text] of Object.entries(probe.others ?? {})) {
      if (text === null) delete texts[`main ${key}`];
      else texts[`main ${key}`] = text === "null" ? null : text;
    }
    expect(after.texts).toEqual(texts);
    expect(after.rows).toEqual({ ...before.rows, ...probe.rows && { t: probe.rows } });
    expect(after.sequence).toEqual(before.sequence);
    expect(await connection.query({ sql: "PRAGMA integrity_check" })).toEqual([
      { integrity_check: "ok" },
    ]);
  });
});

async function made({ before }: Probe): Promise<Connection> {
  const connection = await connect("sqlite://", { foreignKeys: true });
  await connection.query({ sql: "PRAGMA foreign_keys = OFF" });
  for (const sql of before) await connection.query({ sql });
  await connection.query({ sql: "PRAGMA foreign_keys = ON" });
  return connection;
}
