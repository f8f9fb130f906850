import type { Scratch } from "../../database/scratch/scratch.ts";
import type { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import { excerpt } from "../../sql/excerpt.ts";

/**
 * Returns the error for what `scratch` rejected.
 *
 * @param doing As in `load the models`.
 * @param line Of the statement in its file, if it is in one.
 */
export function refusal(
  error: DatabaseError,
  { doing, line, scratch }: {
    readonly doing: string;
    readonly line?: number;
    readonly scratch: Pick<Scratch, "kind">;
  },
): ToolError {
  const { answer: { statement, position, serverDetail, serverHint }, facts, message } = error;
  const before = position === undefined ? "" : statement.sql.slice(0, position - 1);
  return new ToolError("models/invalid", `Cannot ${doing}: ${message}`, {
    ...(line !== undefined && { line: line + before.split("\n").length - 1 }),
    detail: [excerpt(statement.sql, position), serverDetail && `Detail: ${serverDetail}`]
      .filter(Boolean).join("\n"),
    hint: hintOf(message, scratch) ?? serverHint ?? facts.hint,
    cause: error,
  });
}

/** What a scratch database lacks is not a mistake in the models. */
function hintOf(message: string, { kind }: Pick<Scratch, "kind">): string | undefined {
  const [, extension] = /^extension "(.*)" is not available$/.exec(message) ??
    /^could not open extension control file ".*\/(.*)\.control"/.exec(message) ?? // before PostgreSQL 15
    [];
  if (extension !== undefined) {
    return kind === "embedded"
      ? `The PostgreSQL inside the executable does not have ${extension}: set scratch = "server", or scratch_url to a database on a server that has it`
      : `Install ${extension} on the server, or set scratch_url to a database on one that has it`;
  }
  if (kind === "embedded" && /^collation ".*" for encoding/.test(message)) {
    return 'The PostgreSQL inside the executable has few collations: set scratch = "server", or scratch_url';
  }
  if (/^role ".*" does not exist$/.test(message)) {
    return 'Create the role on the server, or set scratch = "embedded", where every role that a statement names exists';
  }
  if (/^type ".*" does not exist$/.test(message)) {
    return kind === "embedded"
      ? 'If it comes from an extension that the PostgreSQL inside the executable lacks, set scratch = "server", or scratch_url'
      : "If it comes from an extension, create that first: in a revision, or in a SQL file among the models";
  }
  if (/^permission denied to create extension/.test(message)) {
    return 'Set scratch = "embedded", or scratch_url to a server where the role may create extensions';
  }
  return undefined;
}
