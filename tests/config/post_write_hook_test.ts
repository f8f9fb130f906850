import { expect, test } from "bun:test";
import { hookCommand } from "../../lib/config/post_write_hook.ts";

function command(options: string, path = "/p/a.ts"): readonly string[] {
  return hookCommand({ name: "format", executable: "fmt", options, cwd: "/p" }, path);
}

test("a hook's options are split as a shell splits them, and the file stands where it is named", () => {
  expect(command("")).toEqual(["fmt", "/p/a.ts"]);
  expect(command("--write -q")).toEqual(["fmt", "/p/a.ts", "--write", "-q"]);
  expect(command(`-c "a \\"b\\"" 'c d' e\\ f REVISION_SCRIPT_FILENAME`)).toEqual(
    ["fmt", "-c", 'a "b"', "c d", "e f", "/p/a.ts"],
  );
});

test("a hook gets the file whatever is in its name", () => {
  expect(command("-w=REVISION_SCRIPT_FILENAME", "/$$p/$&.ts")).toEqual(["fmt", "-w=/$$p/$&.ts"]);
});
