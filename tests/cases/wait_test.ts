import { expect, test } from "bun:test";
import { once } from "node:events";
import { connect as connectSocket, createServer, type Server } from "node:net";
import { freshDatabase } from "../servers/fresh_database.ts";
import { postgresServer, urlOf } from "../servers/guarded_server.ts";
import { libsqlProxy } from "../servers/libsql_proxy.ts";
import { closedPort, freePort } from "../servers/server_process.ts";
import { project, restSaid, untilSaid } from "./project.ts";

const longest = 60_000;

/** A server at `port` that hands everything on to PostgreSQL, or first says that it is starting up. */
function proxy(port: number, refusals: number): Promise<Server> {
  let left = refusals;
  const server = createServer(async (client) => {
    client.on("error", () => {});
    if (left-- > 0) {
      await once(client, "data");
      const fields = "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";
      const length = new Uint8Array([0, 0, 0, fields.length + 4]);
      // The client asks for TLS first, and is told that there is none.
      client.write("N");
      await once(client, "data");
      return client.end(Buffer.concat([Buffer.from("E"), length, Buffer.from(fields)]));
    }
    const { host, port } = await postgresServer();
    const upstream = connectSocket(port, host).on("error", () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

test.each(["--wait", "--wait=3600"])(
  "%s waits for a server that does not listen yet, then while it starts up",
  async (wait) => {
    const port = await freePort();
    const url = new URL(urlOf(await postgresServer()));
    url.port = String(port);
    using it = project({ env: { DATABASE_URL: url.href } });
    it.write("migrations/versions/.keep", "");
    const child = it.start(["current", wait]);
    const said = await untilSaid(child, "nothing listens");
    // Asked four times a second, it is up when 0.6 seconds would be over.
    const server = await proxy(port, 4);
    const rest = await restSaid(child);
    expect(await child.exited).toBe(0);
    expect(said + rest).toStartWith(
      `Waiting for the database: Cannot connect to PostgreSQL at 127.0.0.1:${port}: nothing listens there\n` +
        `Waiting for the database: Cannot connect to PostgreSQL at 127.0.0.1:${port}: the database system is starting up\n`,
    );
    server.close();
  },
  longest,
);

test(
  "--wait exits with 5 when the time is over, and at once for an error that will not pass",
  async () => {
    using it = project();
    it.write("migrations/versions/.keep", "");
    const nowhere = [
      `postgresql://127.0.0.1:${closedPort}/x`,
      "postgresql://nowhere.invalid/x",
      `http://127.0.0.1:${closedPort}`,
    ];
    for (const url of nowhere) {
      const { status, stderr } = await it.migrate("current", "--wait=0.6", "--database-url", url);
      expect(status).toBe(5);
      expect(stderr).toMatch(
        /^Waiting for the database: Cannot connect[^]*^Error: .*, for 600 ms$/m,
      );
      const soon = await it.migrate("current", "--database-url", url);
      expect(soon.status).toBe(5);
      expect(soon.stderr).not.toContain("Waiting");
    }
    const wrong = new URL(urlOf(await postgresServer()));
    wrong.password = "wrong";
    for (const url of [wrong.href, "sqlite:///not_there/a.db"]) {
      const ended = await it.migrate("ensure_version", "--wait", "--database-url", url);
      expect(ended.status).toBe(5);
      expect(ended.stderr).not.toContain("Waiting");
    }
    const { status, stderr } = await it.migrate("current", "--wait=soon");
    expect(status).toBe(2);
    expect(stderr).toContain(`Cannot read --wait "soon": it is not a number of seconds`);
    expect(stderr).toContain("Hint: Write --wait=30\n");
  },
  longest,
);

test(
  "--wait waits for a libSQL server that accepts connections and does not answer yet",
  async () => {
    await using database = await freshDatabase("libsql");
    let asked = 0;
    await using proxy = libsqlProxy(
      database.url,
      async () => await (asked++ < 2 ? new Promise(() => {}) : undefined),
    );
    using it = project({ env: { DATABASE_URL: `${proxy.url}?connect_timeout=0.5` } });
    it.write("migrations/versions/.keep", "");
    const { status, stderr } = await it.migrate("current", "--wait=3600");
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(
        `Waiting for the database: Cannot connect to libSQL at ${proxy.url}: it does not answer\n`,
      ),
    ]);
  },
  longest,
);

test(
  "a run that waits for a SQLite file says who has it locked",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "migrations/versions/a.js",
      `export const revision = "a";
export const downRevision = null;
export function upgrade(op) {
  op.run("wait", async () => { console.log("begun"); await new Promise(() => {}); });
}
`,
    );
    const first = it.start(["upgrade", "head"]);
    await untilSaid(first, "begun");
    const second = it.start(["upgrade", "head"]);
    const said = await untilSaid(second, "has it locked");
    expect(said).toMatch(
      new RegExp(`^Waiting for the database: \\S+ \\(process ${first.pid}, .* has it locked`, "m"),
    );
    first.kill("SIGKILL");
    await untilSaid(second, "begun");
    second.kill("SIGKILL");
  },
  longest,
);
