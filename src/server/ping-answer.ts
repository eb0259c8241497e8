import { plural } from "#lib/text.ts";
import { servesHere } from "./auth/hosts.ts";
import { securityHeaders } from "./auth/security-headers.ts";
import { log } from "./log.ts";
import { type PingAnswer, type PingKind, takePing } from "./ping.ts";
import { toAppError } from "./to-app-error.ts";

type AskedPing = { key: string; kind: PingKind; host: string | null; contentLength: number };
type Words = { status: number; text: string; retryAfterSeconds?: number };
export type PingResponse = { status: number; body: string; headers: Record<string, string> };

/** What comes with a ping is not read, and no more of it is let in. */
export const mostPingBytes = 1_000_000;

/** The whole answer to a ping, whoever listens: never throws. */
export async function answerPing({ key, kind, host, contentLength }: AskedPing): Promise<PingResponse> {
  if (!servesHere({ path: "/ping", host })) return respond(inWords({ answer: "unknown" }));
  if (contentLength > mostPingBytes) return respond({ status: 413, text: "A ping carries at most 1 MB, which is not read." });
  try {
    return respond(inWords(await takePing(key, kind)));
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error }, "a ping was lost");
    return respond({ status: error.status, text: error.userMessage });
  }
}

function inWords(taken: PingAnswer): Words {
  switch (taken.answer) {
    case "taken":
      return { status: 200, text: "OK" };
    case "paused":
      return { status: 200, text: "OK. It is noted, but this monitor is paused: nothing is expected of it." };
    case "suspended":
      return { status: 403, text: "Not taken: this organization is suspended." };
    case "deactivated":
      return { status: 403, text: "Not taken: this organization is deactivated." };
    case "tooMany": {
      const { perMinute, retryAfterSeconds } = taken;
      const text = `Not taken: this organization may send ${plural(perMinute, "ping")} a minute. Try again in ${plural(retryAfterSeconds, "second")}.`;
      return { status: 429, text, retryAfterSeconds };
    }
    case "unknown":
      return { status: 404, text: "There is no such monitor." };
  }
}

function respond({ status, text, retryAfterSeconds }: Words): PingResponse {
  common ??= {
    ...securityHeaders("/ping"),
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  };
  const headers = retryAfterSeconds === undefined ? common : { ...common, "retry-after": String(retryAfterSeconds) };
  return { status, body: `${text}\n`, headers };
}

// The same for every ping of this process.
let common: Record<string, string> | undefined;
