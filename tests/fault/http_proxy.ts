import { libsqlProxy } from "../servers/libsql_proxy.ts";
import type { CountingProxy } from "./postgres_proxy.ts";

/**
 * Starts a proxy in front of the libSQL server at `port`. Each request from the runner, and each
 * answer, is a boundary, as for `postgresProxy`.
 */
export function httpProxy(port: number, onEvent: (event: number) => boolean): CountingProxy {
  let events = 0;
  let held = false;
  const pass = async () => {
    held ||= onEvent(++events);
    if (held) await new Promise(() => {});
  };
  const proxy = libsqlProxy(`http://127.0.0.1:${port}`, pass, pass);
  const stop = () => proxy[Symbol.asyncDispose]();
  return {
    port: Number(new URL(proxy.url).port),
    get events() {
      return events;
    },
    cut: () => {
      held = true;
      void stop();
    },
    [Symbol.asyncDispose]: stop,
  };
}
