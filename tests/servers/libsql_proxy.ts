/** A proxy in front of a libSQL server. */
export interface LibsqlProxy extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts a proxy in front of the libSQL server at `url` that does not tell it when the client aborts a request, and
 * calls `sent` with the text of each request that is on its way.
 */
export function deafProxy(url: string, sent: (text: string) => void): LibsqlProxy {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { method, headers } = request;
      const body = await request.text();
      const answered = fetch(`${url}${pathname}${search}`, {
        ...{ method, headers },
        ...(body === "" ? {} : { body }),
      });
      sent(body);
      const answer = await answered;
      const type = answer.headers.get("content-type") ?? "";
      return new Response(await answer.text(), {
        status: answer.status,
        headers: { "content-type": type },
      });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

/**
 * Starts a proxy in front of the libSQL server at `url`. It forwards each request once `before`,
 * which receives its text, is done, and each answer once `after` is, unless that is "lost"; a
 * request that the client aborts is aborted there, too.
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
