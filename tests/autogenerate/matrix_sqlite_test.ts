import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { render } from "../../lib/autogenerate/render/render.ts";
import { inOrder } from "../laws/in_order.ts";
import { databases } from "../servers/fresh_database.ts";
import { readCases } from "./read_cases.ts";
import { recordedAgain, sayable } from "./render/recorded_again.ts";
import { runSqliteCase } from "./run_sqlite_case.ts";

setDefaultTimeout(60_000);

for (const source of databases().filter((it) => it.kind !== "postgres")) {
  describe(source.name, () => {
    for (const it of readCases("sqlite")) {
      test(it.name, async () => {
        const { operations, before, after, there, left, back } = await runSqliteCase(source, it);
        expect(operations.map(({ kind }): string => kind)).toEqual([...it.operations]);
        expect(inOrder(there.schema)).toEqual(inOrder(after.schema));
        expect(there.text).toEqual(after.text);
        expect(left).toEqual([]);
        expect(there.rows).toEqual(before.rows);
        expect(inOrder(back.schema)).toEqual(inOrder(before.schema));
        expect(back.text).toEqual(before.text);
        expect(back.rows).toEqual(before.rows);
        const code = operations.map((operation) => render(operation)).join("\n");
        expect((await recordedAgain(code)).map(sayable)).toEqual(operations.map(sayable));
      });
    }
  });
}
