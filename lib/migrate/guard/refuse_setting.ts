import { escapesWithBackslash } from "../../dialect/postgres/transactions/escapes_with_backslash.ts";
import { otherEncoding } from "../../dialect/postgres/transactions/other_encoding.ts";
import { ToolError } from "../../error.ts";
import { fromFirstWord } from "../../sql/first_keyword.ts";
import type { Location } from "../../sql/statement.ts";

/**
 * @throws {ToolError} `script/syntax` for what would change, on PostgreSQL, how the revision itself is read, or end what
 *   the run has of its session.
 */
export function refuseSetting(
  sql: string,
  { revision, at }: { readonly revision: string; readonly at: Location | undefined },
): void {
  const refused = (found: string, hint: string) =>
    new ToolError("script/syntax", `Cannot run revision ${revision}: it ${found}`, {
      revision,
      ...at,
      hint,
    });
  const said = fromFirstWord(sql);
  const encoding = otherEncoding(said);
  if (encoding !== undefined) {
    throw refused(
      `sets client_encoding to ${encoding}, but is sent as UTF-8, so other characters would be stored`,
      "Remove that statement: the file itself is UTF-8",
    );
  }
  if (escapesWithBackslash(said)) {
    throw refused(
      "sets standard_conforming_strings to off, but is read as if that were on",
      "Remove that statement, and write E'…' where backslashes escape",
    );
  }
  if (/^DISCARD\s+ALL\b/i.test(said)) {
    throw refused(
      "has DISCARD ALL, which would also end the role and the lock of the run",
      "Write DISCARD PLANS, DISCARD SEQUENCES, DISCARD TEMP or RESET ALL",
    );
  }
}
