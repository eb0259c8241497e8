import { connect, createServer, type Socket } from "node:net";

export type Fault = { atStatement: number; cut: "before" | "after" };

/** Stands between the application and PostgreSQL, counts statements, and cuts every connection at the armed one. */
export async function startFaultyProxy(url: string) {
  const target = new URL(url);
  let armed: Fault | null = null;
  let seen = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    upstream.on("data", (data) => client.write(data)).on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
    client.on("data", (data) => {
      seen += countStatements(data);
      if (!armed || seen < armed.atStatement) return void upstream.write(data);
      const { cut } = armed;
      armed = null;
      if (cut === "before") return void client.destroy();
      // PostgreSQL does the statement, and the application never hears of it.
      upstream.removeAllListeners("data");
      upstream.once("data", () => client.destroy()).write(data);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    port: address.port,
    arm(fault: Fault | null): void {
      seen = 0;
      armed = fault;
    },
    statements: () => seen,
    stop: () =>
      new Promise<void>((stopped) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => stopped());
      }),
  };
}

/** Execute (E) and simple query (Q) messages; each message is a letter and its length. */
function countStatements(data: Buffer): number {
  let count = 0;
  for (let offset = 0; offset + 5 <= data.length; offset += 1 + data.readUInt32BE(offset + 1)) {
    const letter = String.fromCharCode(data[offset] ?? 0);
    if (letter === "E" || letter === "Q") count += 1;
  }
  return count;
}
