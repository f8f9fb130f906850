/** Yields the same text in pieces of at least 64 KB, but for the last: a message costs more than its bytes. */
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
