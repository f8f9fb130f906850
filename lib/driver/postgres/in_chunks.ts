/**
 * Yields the same text in chunks of at least 64 KB, except for the last, as each message has an
 * overhead.
 */
export async function* inChunks(data: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = "";
  for await (const piece of data) {
    chunk += piece;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
