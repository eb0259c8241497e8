import { lookup } from "node:dns/promises";
import { Agent, request } from "node:http";

export type Sent = { method: string; path: string; headers: Record<string, string>; body?: string };
export type Received = { status: number; text: string; headers: Record<string, string | string[] | undefined> };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const base = new URL(process.env.APP_URL ?? "http://localhost");
const { address, family } = await lookup(base.hostname);

/**
 * Sends exactly this, without what a browser or `fetch` would mend. From loopback address number `from`, so that whoever
 * counts requests by where they come from counts no other test's. Once more where the connection was closed meanwhile: who
 * is refused by the headers is not read to the end.
 */
export async function send(sent: Sent, from = 0): Promise<Received> {
  return sendOnce(sent, from).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") throw error;
    return sendOnce(sent, from).catch((again: Error) => {
      throw new Error(`${again.message}: ${JSON.stringify(sent).slice(0, 1_000)}`, { cause: again });
    });
  });
}

function sendOnce({ method, path, headers, body }: Sent, from: number): Promise<Received> {
  const localAddress = family === 4 && from > 0 ? `127.77.${from >> 8}.${from & 255}` : undefined;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const outgoing = request(
      { agent, host: address, port: base.port, method, path, headers: { host: base.host, ...headers, ...length }, localAddress },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8"), headers: response.headers }),
        );
      },
    );
    outgoing.on("error", reject).end(body);
  });
}
