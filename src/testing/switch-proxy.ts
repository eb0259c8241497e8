import { connect, createServer, type Socket } from "node:net";

type Pair = { client: Socket; upstream: Socket | null };
export type Switch = "on" | "off" | "frozen";
export type SwitchProxy = Awaited<ReturnType<typeof startSwitchProxy>>;

/**
 * Stands between a process and a server. While it is off, every connection is cut and none is taken; while it is frozen,
 * connections stay and are taken and nothing comes through. What was sent meanwhile arrives once it is on again, as from a
 * machine that stood still.
 */
export async function startSwitchProxy(url: string) {
  const target = new URL(url);
  const to = { port: Number(target.port), host: target.hostname };
  let state: Switch = "on";
  const pairs = new Set<Pair>();
  const forgotten = new Set<Pair>();
  const server = createServer({ pauseOnConnect: true }, (client) => {
    if (state === "off") return void client.destroy();
    const pair: Pair = { client, upstream: null };
    pairs.add(pair);
    client
      .on("error", () => undefined)
      .on("close", () => {
        pair.upstream?.destroySoon();
        pairs.delete(pair);
      });
    if (state === "on") join(pair);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The proxy has no port.");
  const { port } = address;
  return {
    url: through(url),
    /** For somebody else on the same server. */
    through,
    turn(wanted: Switch): void {
      if (wanted === state) return;
      state = wanted;
      for (const pair of pairs) ({ on: join, off: cut, frozen: freeze })[wanted](pair);
    },
    /** Is on again for new connections; those that are there stay silent for ever, as when a network has lost them. */
    forget(): void {
      for (const pair of pairs) {
        freeze(pair);
        forgotten.add(pair);
      }
      pairs.clear();
      state = "on";
    },
    stop: () =>
      new Promise<void>((stopped) => {
        for (const pair of [...pairs, ...forgotten]) cut(pair);
        server.close(() => stopped());
      }),
  };

  function through(direct: string): string {
    const proxied = new URL(direct);
    proxied.hostname = "localhost";
    proxied.port = String(port);
    // A socket would lead past it.
    proxied.searchParams.delete("host");
    return proxied.href;
  }

  function join(pair: Pair): void {
    const { client } = pair;
    pair.upstream ??= connect(to)
      .on("error", () => undefined)
      .on("close", () => client.destroySoon());
    client.pipe(pair.upstream);
    pair.upstream.pipe(client);
  }

  function freeze({ client, upstream }: Pair): void {
    client.unpipe().pause();
    upstream?.unpipe().pause();
  }

  function cut({ client, upstream }: Pair): void {
    // As when its machine is gone: a reset, and no orderly end. Node never exits after a reset of what was ended before.
    if (client.writableEnded) client.destroy();
    else client.resetAndDestroy();
    upstream?.destroy();
  }
}
