import { expect, test } from "bun:test";
import { hookCommand } from "../../lib/config/post_write_hook.ts";

function command(options: string, path = "/p/a.ts"): readonly string[] {
  return hookCommand({ name: "format", executable: "fmt", options, cwd: "/p" }, path);
}

test("hookCommand() splits options as a shell does, and puts the file where its placeholder is", () => {
  expect(command("")).toEqual(["fmt", "/p/a.ts"]);
  expect(command("--write -q")).toEqual(["fmt", "/p/a.ts", "--write", "-q"]);
  expect(command(`-c "a \\"b\\"" 'c d' e\\ f REVISION_SCRIPT_FILENAME`)).toEqual(
    ["fmt", "-c", 'a "b"', "c d", "e f", "/p/a.ts"],
  );
});

test("hookCommand() inserts a path with special characters unchanged", () => {
  expect(command("-w=REVISION_SCRIPT_FILENAME", "/$$p/$&.ts")).toEqual(["fmt", "-w=/$$p/$&.ts"]);
});
