import { Readable, Stream, Writable } from "node:stream";
import { firstKeyword } from "../../sql/first_keyword.ts";
import type { Statement } from "../../sql/statement.ts";
import { clientCopyRefused } from "./client_copy_refused.ts";

/**
 * Says whether `sql` may wait for rows: the server would take any statement sent after it for those.
 */
export function isCopy({ sql }: Statement): boolean {
  return firstKeyword(sql) === "COPY";
}

/**
 * Returns `answer`, unless that is the stream of a COPY that was sent as a query, which has to end
 * before the session can continue.
 *
 * @throws {ToolError} `operation/unsupported`
 */
export async function refuseStream<Answer>(answer: Answer): Promise<Answer> {
  if (!(answer instanceof Stream)) return answer;
  answer.on("error", () => {});
  const closed = new Promise((resolve) => answer.on("close", resolve));
  if (answer instanceof Readable) answer.resume();
  if (answer instanceof Writable) answer.destroy(new Error("no input"));
  await closed;
  throw clientCopyRefused();
}
