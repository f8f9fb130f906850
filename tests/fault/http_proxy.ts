import type { CountingProxy } from "./postgres_proxy.ts";

/**
 * Starts a proxy before the libSQL server at `port`. Each request that comes from the runner, and each
 * answer that comes back, is a boundary, as for `postgresProxy`.
 */
export function httpProxy(port: number, onEvent: (event: number) => boolean): CountingProxy {
  let events = 0;
  let held = false;
  const pass = async () => {
    held ||= onEvent(++events);
    if (held) await new Promise(() => {});
  };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = request.method === "GET" ? null : await request.arrayBuffer();
      await pass();
      const { method, headers } = request;
      const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        method,
        headers,
        body,
      });
      const text = await answer.arrayBuffer();
      await pass();
      const type = answer.headers.get("content-type");
      return new Response(text, {
        status: answer.status,
        headers: type === null ? {} : { "content-type": type },
      });
    },
  });
  return {
    port: server.port ?? 0,
    get events() {
      return events;
    },
    cut: () => {
      held = true;
      void server.stop(true);
    },
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
