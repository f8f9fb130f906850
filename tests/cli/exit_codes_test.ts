import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../lib/cli/exit_codes.ts";

test("docs/json.md lists every error code with its exit code", () => {
  const text = readFileSync(join(import.meta.dir, "../../docs/json.md"), "utf8");
  const rows = text.matchAll(/^\| (`[^|]*) \| (\d+) +\|$/gm);
  const documented = [...rows].flatMap(([, codes = "", exit]) =>
    namesIn(codes).map((code): [string, number] => [code, Number(exit)])
  );
  expect(documented.sort()).toEqual(Object.entries(exitCodes).sort());
});

/** Reads names such as `a/b`, and behind `c/…` those that begin so. */
function namesIn(cell: string): readonly string[] {
  return cell.split(";").flatMap((part) => {
    const [first = "", ...rest] = [...part.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? "");
    return first.endsWith("…") ? rest.map((it) => first.slice(0, -1) + it) : [first, ...rest];
  });
}
