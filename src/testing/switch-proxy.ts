import { connect, createServer, type Socket } from "node:net";

/** Stands between a process and PostgreSQL; while it is off, every connection is cut and none is taken. */
export async function startSwitchProxy(url: string) {
  const target = new URL(url);
  const to = { port: Number(target.port), host: target.hostname };
  let isOn = true;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (!isOn) return void client.destroy();
    const upstream = connect(to);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The proxy has no port.");
  target.port = String(address.port);
  return {
    url: target.href,
    turn(on: boolean): void {
      isOn = on;
      if (!on) for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise<void>((stopped) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => stopped());
      }),
  };
}
