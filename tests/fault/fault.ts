import { join } from "node:path";
import { executable, type Project, project } from "../cases/project.ts";
import { freshDatabase, freshPostgres, type TestDatabase } from "../servers/fresh_database.ts";
import { type CrashableServer, urlOf } from "../servers/guarded_server.ts";
import { httpProxy } from "./http_proxy.ts";
import { type CountingProxy, postgresProxy } from "./postgres_proxy.ts";
import { type Kind, writeScenario } from "./scenario.ts";
import { verify } from "./verify.ts";

/** What fails: the runner, by `kill -9`; the PostgreSQL server; the network between the two. */
export type Action = "kill" | "crash" | "cut";

/** When it fails: at a boundary between statements, counted from 1, or after a time. */
export type Moment = { readonly event: number } | { readonly milliseconds: number };

export interface Fault {
  readonly action: Action;
  readonly moment: Moment;
}

/** Where faults are tried. */
export interface Place {
  /** For output. */
  readonly name: string;
  readonly kind: Kind;
  readonly perMigration: boolean;
  /** For PostgreSQL only. */
  readonly server?: CrashableServer;
}

/** How a try went: the run was hit by its fault, or had ended before it. */
export type Tried = "hit" | "missed";

/** How long an upgrade without a fault takes, and how many boundaries it has. */
export interface Measured {
  readonly events: number;
  readonly milliseconds: number;
}

const hooked = {
  name: "executable with a hook",
  command: [join(import.meta.dir, "../../dist/migrate-fault")],
};

/** Runs an undisturbed upgrade. */
export async function measure(place: Place): Promise<Measured> {
  const start = performance.now();
  let events = 0;
  await withScenario(place, undefined, async (it) => {
    const { status, stderr } = await it.migrate("upgrade", "head");
    if (status !== 0) throw new Error(stderr);
    events = it.events();
  });
  return { events, milliseconds: performance.now() - start };
}

/**
 * Runs an upgrade, breaks something meanwhile, and checks that the database is in order.
 *
 * @throws {Error} If it is not.
 */
export async function tryFault(place: Place, { action, moment }: Fault): Promise<Tried> {
  let tried: Tried = "missed";
  const { promise: broken, resolve } = Promise.withResolvers<void>();
  await withScenario(place, "event" in moment ? moment.event : undefined, async (it) => {
    const strike = async () => {
      tried = "hit";
      if (action === "kill") child.kill("SIGKILL");
      if (action === "crash") await place.server?.crash();
      it.cut();
      resolve();
    };
    it.onEvent = strike;
    const child = it.start(["upgrade", "head"]);
    const drained = [new Response(child.stderr).text(), new Response(child.stdout).text()];
    const timer = "milliseconds" in moment
      ? setTimeout(() => {
        if (child.exitCode === null) void strike();
      }, moment.milliseconds)
      : undefined;
    await child.exited;
    clearTimeout(timer);
    await Promise.all(drained);
    if (tried === "hit") await broken;
    if (child.signalCode === "SIGKILL") tried = "hit";
  }, verify);
  return tried;
}

interface Broken extends Project {
  /** Called when the boundary is reached. */
  onEvent: () => Promise<void>;
  events(): number;
  cut(): void;
}

/**
 * Makes a project whose database is behind a proxy that can break, runs `body` in it, and then `then`
 * without the proxy.
 */
async function withScenario(
  place: Place,
  event: number | undefined,
  body: (it: Broken) => Promise<void>,
  then?: (it: Project, url: string, kind: Kind) => Promise<void>,
): Promise<void> {
  await using database = await fresh(place);
  const { url } = database;
  using plain = project({ env: { DATABASE_URL: url } });
  writeScenario(plain, place.kind, place.perMigration);
  const struck = { onEvent: async () => {} };
  const reached = (it: number) => {
    if (it === event) void struck.onEvent();
    return it === event;
  };
  await using proxy = await proxyTo(place, url, reached);
  const count = join(plain.folder, "events");
  using behind = project({
    runner: place.kind === "sqlite" ? hooked : executable,
    env: {
      DATABASE_URL: proxy ? throughPort(url, proxy.port) : url,
      MIGRATE_FAULT_COUNT: count,
      ...event !== undefined && { MIGRATE_FAULT_AT: String(event) },
    },
  });
  writeScenario(behind, place.kind, place.perMigration);
  const events = () =>
    proxy?.events ?? Number(behind.read("../" + count.split("/").slice(-2).join("/")));
  await body(Object.assign(struck, behind, { events, cut: () => proxy?.cut() }));
  await then?.(plain, url, place.kind);
}

async function fresh({ kind, server }: Place): Promise<TestDatabase> {
  return server ? await freshPostgres(urlOf(server)) : await freshDatabase(kind);
}

async function proxyTo(
  { kind }: Place,
  url: string,
  onEvent: (event: number) => boolean,
): Promise<CountingProxy | undefined> {
  const port = Number(/:(\d+)(?:\/|$)/.exec(url.replace(/^.*@/, ""))?.[1]);
  if (kind === "postgres") return await postgresProxy(port, onEvent);
  return kind === "libsql" ? httpProxy(port, onEvent) : undefined;
}

function throughPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  if (changed.protocol === "postgresql:") changed.searchParams.set("sslmode", "disable");
  return changed.href;
}
