import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { isHangUp } from "./is-hang-up.ts";
import type { Faults } from "./mail-faults.ts";
import type { MailStore } from "./mail-store.ts";

const largest = 25 * 1024 * 1024;
const slowness = 3_000;

type Options = { port: number; store: MailStore; faults: Faults };

/** Takes mail for anybody on 127.0.0.1 and keeps it; nothing is passed on. The answer stops it. */
export async function startSmtp({ port, store, faults }: Options) {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    banner: "Countersign's local mailbox",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: largest,
    onRcptTo: (_address, _session, answer) => answer(refusal(faults)),
    onData: (stream, session, answer) => {
      accept({ stream, session, store, faults }).then(
        (dropped) => (dropped ? sockets.get(session.remotePort)?.destroy() : answer(null, "kept")),
        (error: Error) => answer(error),
      );
    },
  });
  server.server.on("connection", (socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((listening, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", listening);
  });
  server.on("error", (error) => isHangUp(error) || console.error("The local mailbox failed:", error));
  return async function stop() {
    const closed = new Promise<void>((resolve) => server.close(resolve));
    for (const socket of sockets.values()) socket.destroy();
    await closed;
  };
}

function refusal(faults: Faults): Error | null {
  const mode = faults.take(["refuse", "reject"]);
  if (mode === "none") return null;
  return mode === "refuse" ? failure(451, "Try again later") : failure(550, "No such mailbox");
}

type Acceptance = { stream: SMTPServerDataStream; session: SMTPServerSession; store: MailStore; faults: Faults };

/** Keeps the message; true if the connection shall end before the client learns that. */
async function accept({ stream, session, store, faults }: Acceptance): Promise<boolean> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) throw failure(552, "The message is too large");
  const { mailFrom, rcptTo } = session.envelope;
  const mode = faults.take(["drop", "slow"]);
  if (mode === "slow") await sleep(slowness);
  await store.receive({ raw, from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address) });
  return mode === "drop";
}

function failure(responseCode: number, message: string) {
  return Object.assign(new Error(message), { responseCode });
}
