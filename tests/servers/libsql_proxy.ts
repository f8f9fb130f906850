/** A proxy before a libSQL server. */
export interface LibsqlProxy extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts a proxy before the libSQL server at `url`, which hands each request on as soon as `before`,
 * which sees its text, is done, and each answer back as soon as `after` is, unless it is lost; a request
 * that the client gives up is given up there, too.
 */
export function libsqlProxy(
  url: string,
  before: (text: string) => Promise<void> | void,
  after: () => Promise<void> | "lost" | void = () => {},
): LibsqlProxy {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { method, headers, signal } = request;
      const body = await request.text();
      await before(body);
      const answer = await fetch(`${url}${pathname}${search}`, {
        ...{ method, headers, signal },
        ...(body === "" ? {} : { body }),
      });
      const text = await answer.text();
      if (await after() === "lost") return new Response("", { status: 502 });
      const type = answer.headers.get("content-type");
      return new Response(text, {
        status: answer.status,
        headers: type === null ? {} : { "content-type": type },
      });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
