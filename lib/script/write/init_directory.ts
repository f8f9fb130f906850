import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../../error.ts";
import { didYouMean } from "../../sql/closest.ts";
import { configurationText, type ProjectPaths, scriptDirectoryFiles } from "./project_files.ts";
import { type ProjectTemplate, projectTemplates } from "./project_templates.ts";
import { notWritten, writeNewFile } from "./write_new_file.ts";

/** Something that `init` did. */
export interface InitStep {
  /** `kept`: a file of this name existed and was left alone. */
  readonly kind: "folder" | "file" | "kept";
  /** Absolute. */
  readonly path: string;
}

/**
 * Sets up a script directory, and a configuration file unless there is one.
 *
 * @param template A name in {@linkcode projectTemplates}.
 * @throws {ToolError} `script/exists` if the script directory is not empty, `config/invalid` if the
 *   configuration is a directory; `script/failed` if the system refuses to write something. Nothing
 *   is left behind then.
 */
export function initDirectory(paths: ProjectPaths, template: string): readonly InitStep[] {
  const { format } = findTemplate(template);
  const { scriptDirectory, configPath } = paths;
  if (!isAbsentOrEmpty(scriptDirectory)) {
    throw new ToolError(
      "script/exists",
      `Directory ${scriptDirectory} already exists and is not empty`,
      {
        hint: "Name another directory, or delete what is in it",
      },
    );
  }
  if (isFolder(configPath)) {
    throw new ToolError(
      "config/invalid",
      `Cannot write the configuration to ${configPath}: it is a directory`,
      { hint: "Name a file in it" },
    );
  }
  const wanted = new Set([scriptDirectory, join(scriptDirectory, "versions"), dirname(configPath)]);
  const keepsConfig = existsSync(configPath);
  const files = [
    ...scriptDirectoryFiles(paths, format),
    ...keepsConfig ? [] : [[configPath, configurationText(paths, format)] as const],
  ];
  const steps: InitStep[] = [];
  try {
    for (const path of wanted) {
      if (existsSync(path)) continue;
      makeFolder(path);
      steps.push({ kind: "folder", path });
    }
    for (const [path, text] of files) {
      writeNewFile(path, text);
      steps.push({ kind: "file", path });
    }
  } catch (error) {
    for (const it of steps.reverse()) remove(it);
    throw error;
  }
  return keepsConfig ? [...steps, { kind: "kept", path: configPath }] : steps;
}

/** Undoes `step`, unless somebody has put something else there meanwhile. */
function remove({ kind, path }: InitStep): void {
  try {
    if (kind === "folder") rmdirSync(path);
    else rmSync(path, { force: true });
  } catch {
    // It stays.
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

function findTemplate(name: string): ProjectTemplate {
  const found = projectTemplates.find((it) => it.name === name);
  if (found !== undefined) return found;
  const names = projectTemplates.map((it) => it.name);
  throw new ToolError("usage", `No such template ${name}`, {
    hint: didYouMean(name, names) || `The templates are ${names.join(", ")}`,
  });
}

/** Of what cannot be asked about, writing it says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isAbsentOrEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch (cause) {
    if (!existsSync(folder)) return true;
    throw new ToolError(
      "script/exists",
      `Cannot use ${folder} as the script directory: it is not a folder`,
      { hint: "Name another directory", cause },
    );
  }
}
