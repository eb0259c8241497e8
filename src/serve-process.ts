import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import next from "next";
import { productEndpoint, staffEndpoint } from "#router/trpc-endpoints.ts";
import { answeringTrpc } from "#router/trpc-listener.ts";
import { behindFirstDoor } from "#server/first-door-listener.ts";
import { inOnePiece } from "#server/in-one-piece.ts";
import { log } from "#server/log.ts";
import { stopTakingPings } from "#server/ping.ts";
import { answeringPings } from "#server/ping-listener.ts";
import { keepingStillParts } from "#server/still-parts-listener.ts";

const mostSecondsToFinish = 8;
// Longer than a reverse proxy keeps an idle connection, which would otherwise send a request just when it is closed here.
const keepAliveSeconds = 65;

/** One process that serves the build: pings and procedures by themselves, everything else behind the first door by Next. Ends by SIGTERM, after what it has begun. */
const { values } = parseArgs({
  options: { port: { type: "string", short: "p", default: "3000" }, hostname: { type: "string", short: "H", default: "localhost" } },
});
const [port, hostname] = [Number(values.port), values.hostname];
const app = next({ dev: false, port, hostname });
const endpoints = [productEndpoint, staffEndpoint];
const handle = app.getRequestHandler();
const server = createServer(
  { keepAliveTimeout: keepAliveSeconds * 1_000 },
  answeringPings(behindFirstDoor(answeringTrpc(endpoints, inOnePiece(keepingStillParts(serveByNext))))),
);
await app.prepare();
server.on("error", (error) => {
  log.fatal({ err: error }, "the port cannot be listened on");
  process.exit(1);
});
server.listen(port, hostname);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

async function serveByNext(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await handle(request, response);
  } catch (error) {
    log.error({ err: error, url: request.url }, "a request failed");
    if (!response.headersSent) response.statusCode = 500;
    response.end("Something went wrong on our side.\n");
  }
}

async function stop(): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was in use when the server began to close is kept alive after its answer.
  const sweeping = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => server.closeAllConnections(), mostSecondsToFinish * 1_000);
  await closed;
  clearInterval(sweeping);
  clearTimeout(patience);
  await Promise.all([stopTakingPings(), app.close()]);
  process.exit(0);
}
