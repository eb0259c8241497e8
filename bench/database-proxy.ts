import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { followConnection, type Statement } from "./wire.ts";

export type DatabaseProxy = { port: number; take: () => Statement[]; close: () => Promise<void> };

/** Stands between the application and PostgreSQL and notes each statement. Only for counting: it is not there while times are measured. */
export async function startDatabaseProxy(target: URL): Promise<DatabaseProxy> {
  let statements: Statement[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(target.port || 5432), target.hostname.replace(/^\[|\]$/g, ""));
    const follow = followConnection((statement) => statements.push(statement));
    client.on("data", follow);
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => (socket === client ? database : client).destroy());
    }
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = statements;
      statements = [];
      return taken;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function throughProxy(url: string, { port }: DatabaseProxy): string {
  const proxied = new URL(url);
  proxied.hostname = "127.0.0.1";
  proxied.port = String(port);
  proxied.searchParams.delete("host");
  return proxied.href;
}
