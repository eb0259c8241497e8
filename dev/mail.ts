import { createServer } from "node:http";
import { join } from "node:path";
import { listen } from "./listen.ts";
import { createFaults } from "./mail-faults.ts";
import { startSmtp } from "./mail-smtp.ts";
import { createMailStore } from "./mail-store.ts";
import { answerMailbox } from "./mail-web.ts";

export type MailServer = { smtpUrl: string; mailboxUrl: string; stop: () => Promise<void> };

/** Starts a mail server on 127.0.0.1 that keeps what it receives in `dataDir`/mail, and the pages to read it. */
export async function startMailServer(options: { smtpPort: number; webPort: number; dataDir: string }): Promise<MailServer> {
  const store = createMailStore(join(options.dataDir, "mail"));
  const faults = createFaults();
  const stopSmtp = await startSmtp({ port: options.smtpPort, store, faults });
  try {
    const server = createServer((request, response) => answerMailbox({ request, response, store, faults }));
    const stopWeb = await listen(server, options.webPort);
    return {
      smtpUrl: `smtp://localhost:${options.smtpPort}`,
      mailboxUrl: `http://localhost:${options.webPort}`,
      stop: async () => void (await Promise.all([stopSmtp(), stopWeb()])),
    };
  } catch (error) {
    await stopSmtp();
    throw error;
  }
}
