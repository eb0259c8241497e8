import type { Server } from "node:http";

/** Listens on 127.0.0.1; the answer stops the server, without waiting for idle browsers. */
export async function listen(server: Server, port: number) {
  await new Promise<void>((listening, fail) => server.once("error", fail).listen(port, "127.0.0.1", listening));
  return async function stop() {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
}
