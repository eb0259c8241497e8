import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { hostOf } from "./auth/hosts.ts";
import type { PingKind } from "./ping.ts";
import { answerPing, mostPingBytes } from "./ping-answer.ts";

const address = /^\/ping\/([0-9a-f]{64})(?:\/(start|fail))?(?:\?.*)?$/;
const methods = new Set(["GET", "POST", "HEAD"]);

/** Answers pings by itself, and hands every other request on: Next's way to a route costs more than the ping. */
export function answeringPings(next: RequestListener): RequestListener {
  return (request, response) => {
    const asked = methods.has(request.method ?? "") ? address.exec(request.url ?? "") : null;
    if (!asked) return next(request, response);
    const [, key = "", kind = "success"] = asked;
    void answer({ key, kind: kind as PingKind }, request, response);
  };
}

async function answer(ping: { key: string; kind: PingKind }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const contentLength = Number(request.headers["content-length"] ?? 0);
  if (request.headers["transfer-encoding"] !== undefined) endAboveLimit(request);
  const { status, headers, body } = await answerPing({ ...ping, host: hostOf(request), contentLength });
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] ?? "");
  // What is left of a body that is too long would otherwise be read to its end before the next request.
  if (status === 413) response.setHeader("connection", "close");
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
}

/** A body that does not say how long it is. The ping counts; who goes on sending is cut off. */
function endAboveLimit(request: IncomingMessage): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostPingBytes) request.destroy();
  });
}
