import { headerError, type HeaderPlace, unknownRevision } from "./header_error.ts";
import type { Timeouts } from "../../sql/timeouts.ts";
import { headerTimeouts } from "./header_timeouts.ts";
import { gap, type Literal, readLiteral } from "./literal.ts";
import { misspeltExport } from "./misspelt_export.ts";
import { nextExport, skipImports } from "./skip.ts";

/** A module's exported constants. */
export interface ModuleConstants {
  readonly id: string;
  readonly downRevisions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly transactional: boolean;
  readonly timeouts?: Timeouts;
}

/**
 * Returns the constants that `source` exports.
 *
 * @throws {ToolError} `script/header`, with the line, if one is missing, invalid or not a literal.
 */
export function moduleConstants(source: string, path: string): ModuleConstants {
  const constants = exportedConstants(source, path);
  const id = constants.get("revision")?.value;
  if (typeof id !== "string" || id === "") {
    throw unknownRevision(path, 'Write export const revision = "…"; at the top of the file');
  }
  if (!constants.has("downRevision")) {
    throw headerError(
      "downRevision is missing",
      { path, source, offset: 0 },
      "Write export const downRevision = null; in a base, or else the id of the revision before it",
    );
  }
  const list = (name: string): readonly string[] => {
    const { value, offset } = constants.get(name) ?? { value: null, offset: 0 };
    if (value === null) return [];
    if (typeof value === "string") return [value];
    if (typeof value === "object") return value;
    throw headerError(
      `${name} is ${value}`,
      { path, source, offset },
      "Write null, an id or a list",
    );
  };
  const { value: transactional, offset } = constants.get("transaction") ??
    { value: true, offset: 0 };
  if (typeof transactional !== "boolean") {
    throw headerError(
      "transaction is neither true nor false",
      { path, source, offset },
      "Write export const transaction = false; to run it outside a transaction",
    );
  }
  const text = (name: string) => {
    const { value, offset } = constants.get(name) ?? { value: null, offset: 0 };
    return value === null ? undefined : { text: String(value), offset };
  };
  const timeouts = headerTimeouts({
    statement: text("statementTimeout"),
    idleInTransaction: text("idleInTransaction"),
  }, { path, source });
  return {
    id,
    downRevisions: list("downRevision"),
    dependsOn: list("dependsOn"),
    branchLabels: list("branchLabels"),
    transactional,
    ...(timeouts && { timeouts }),
  };
}

interface Constant {
  readonly value: Literal;
  readonly offset: number;
}

const names =
  "revision|downRevision|branchLabels|dependsOn|transaction|statementTimeout|idleInTransaction";
/** After a constant, a comma continues its declaration. */
const declaration = new RegExp(
  String.raw`(?:export\s+(?:const|let|var)\s|,)${gap}(${names})(?![\w$])`,
  "y",
);

/**
 * The header usually follows the imports directly, where each statement is recognized at its start.
 * The code in between is searched only if a constant is declared further down.
 */
function exportedConstants(source: string, path: string): ReadonlyMap<string, Constant> {
  const constants = new Map<string, Constant>();
  for (let offset = skipImports(source, 0); offset < source.length;) {
    declaration.lastIndex = offset;
    const name = declaration.exec(source)?.[1];
    if (name === undefined && source[offset] === ",") {
      throw headerError(
        "a constant of another name is declared together with the header's",
        { path, source, offset },
        "Write export const before each constant",
      );
    }
    if (name === undefined) {
      refuseMisspelt({ path, source, offset });
      offset = nextExport(source, offset);
      continue;
    }
    const literal = readLiteral(source, declaration.lastIndex);
    if (literal === undefined) {
      throw headerError(
        `${name} is not a literal`,
        { path, source, offset },
        "Write a plain string, null or a list of plain strings: the header is read without running the file",
      );
    }
    constants.set(name, { value: literal.value, offset });
    offset = skipImports(source, literal.end);
  }
  return constants;
}

function refuseMisspelt(place: HeaderPlace): void {
  anyDeclaration.lastIndex = place.offset;
  const name = anyDeclaration.exec(place.source)?.[1];
  const error = name === undefined ? undefined : misspeltExport(name, place);
  if (error !== undefined) throw error;
}

const anyDeclaration = new RegExp(String.raw`export\s+(?:const|let|var)\s${gap}([\w$]+)`, "y");
