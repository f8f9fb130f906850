import { basename } from "node:path";
import { ToolError } from "../../error.ts";
import type { OperationsContext } from "../../operations/operations.ts";
import { isGenerator } from "../../operations/is_generator.ts";
import { collect } from "../../operations/record/record.ts";
import { misspeltExport } from "../header/misspelt_export.ts";
import { withImportAdvice } from "./import_advice.ts";
import { importCode } from "./import_code.ts";
import type { Direction, ScriptBody } from "../script_body.ts";
import type { ScriptFile } from "../script_file.ts";
import { userError } from "./user_error.ts";

/**
 * Returns what the module `file` does in `direction`. Its function is run to record the operations.
 */
export async function loadModule(
  file: ScriptFile,
  direction: Direction,
  context: OperationsContext,
): Promise<ScriptBody> {
  const name = basename(file.path);
  const module = await importModule(file);
  for (const it of Object.keys(module)) refuseMisspelt(it, file);
  const script = module[direction];
  if (script === undefined && direction === "downgrade") return { kind: "absent" };
  if (typeof script !== "function") {
    throw new ToolError(
      "script/header",
      `Cannot ${direction} with "${name}": it exports no function ${direction}`,
      {
        revision: file.revision.id,
        file: file.path,
        hint: `Write export function ${direction}(op: Operations): void { … }`,
      },
    );
  }
  if (isGenerator(script)) {
    throw new ToolError(
      "script/header",
      `Cannot ${direction} with "${name}": its ${direction} is a generator, whose body would not run`,
      { revision: file.revision.id, file: file.path, hint: "Write it without the asterisk" },
    );
  }
  try {
    const operations = await collect((op) => script(op), { ...context, file: file.path });
    return { kind: "operations", operations };
  } catch (error) {
    throw await withImportAdvice(userError(error, `run ${direction} of "${name}"`, file));
  }
}

/** The header has no functions, nor what is exported at the end of the file. */
function refuseMisspelt(name: string, { path, text = "", revision }: ScriptFile): void {
  const offset = text.search(new RegExp(String.raw`\bexport\b[^;=]*?\b${name}\b`));
  const error = misspeltExport(name, { path, source: text, offset: Math.max(offset, 0) });
  if (error !== undefined) throw error.with({ revision: revision.id });
}

async function importModule(file: ScriptFile): Promise<Readonly<Record<string, unknown>>> {
  const name = basename(file.path);
  const module = await importCode(file.path).catch(async (error: unknown) => {
    throw await withImportAdvice(userError(error, `load "${name}"`, file));
  });
  const { revision } = module;
  if (revision === file.revision.id) return module;
  throw new ToolError(
    "script/header",
    `Cannot use "${name}": its header says ${file.revision.id}, but running it says ${revision}`,
    {
      revision: file.revision.id,
      file: file.path,
      hint: "Declare each constant of the header once, as a literal",
    },
  );
}
