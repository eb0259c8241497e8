import { createServer } from "node:net";
import { StartError } from "./start-error.ts";

export type NamedPort = { port: number; purpose: string; variable: string };

export async function requireFreePorts(ports: NamedPort[]) {
  for (const { port, purpose, variable } of ports) {
    if (!(await isFree(port))) {
      throw new StartError(
        `Port ${port}, for ${purpose}, is in use by another program: stop that program, or choose another port with ${variable}.`,
      );
    }
    const twin = ports.find((other) => other.port === port && other.variable !== variable);
    if (twin) throw new StartError(`${variable} and ${twin.variable} are both ${port}: give them different ports.`);
  }
}

export async function findFreePort() {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("A TCP server always has a port.");
  return address.port;
}

// A browser takes `localhost` as either address, so a stranger on one of the two is enough to meet the wrong server.
async function isFree(port: number) {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

function canListen(port: number, host: string) {
  return new Promise<boolean>((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(true);
      else if (error.code === "EACCES") reject(new StartError(`Port ${port} needs special rights: choose one above 1023.`));
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
