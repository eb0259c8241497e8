import { Agent, type IncomingMessage, request } from "node:http";

export type Ask = { path: string; body?: unknown };
export type Answer = { status: number; text: string; bytes: number };
export type HttpClient = { ask: (ask: Ask) => Promise<Answer>; close: () => void };

/** One keep-alive connection for each request at a time, as browsers and reverse proxies have. */
export function createHttpClient({ origin, cookie }: { origin: string; cookie: string }): HttpClient {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(origin);

  function ask({ path, body }: Ask): Promise<Answer> {
    const payload = body === undefined ? null : JSON.stringify(body);
    const content = payload === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          hostname,
          port,
          path,
          method: payload === null ? "GET" : "POST",
          headers: { cookie, host: `localhost:${port}`, ...content },
          timeout: 30_000,
        },
        (incoming) => readAnswer(incoming).then(resolve, reject),
      );
      outgoing.on("error", reject).on("timeout", () => outgoing.destroy(new Error(`No answer to ${path} within 30 seconds.`)));
      outgoing.end(payload ?? undefined);
    });
  }

  return { ask, close: () => agent.destroy() };
}

/** What asks shares the processor with what answers, so only a failure is read as text. */
function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0 } = incoming;
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    incoming
      .on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (status !== 200) chunks.push(chunk);
      })
      .on("end", () => resolve({ status, text: Buffer.concat(chunks).toString("utf8"), bytes }))
      .on("error", reject);
  });
}
