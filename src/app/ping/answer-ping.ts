import { plural } from "#lib/text.ts";
import { servesHere } from "#server/auth/hosts.ts";
import { securityHeaders } from "#server/auth/security-headers.ts";
import { log } from "#server/log.ts";
import { type PingAnswer, type PingKind, takePing } from "#server/ping.ts";
import { toAppError } from "#server/to-app-error.ts";

type Answer = { status: number; text: string; retryAfterSeconds?: number };

const mostBytes = 1_000_000;

/** The handler of one kind of ping. What comes with it is not read: the address says all. The first door is not before it. */
export function answerPing(kind: PingKind) {
  return async (request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> => {
    if (!servesHere({ path: "/ping", host: hostOf(request.headers) })) return plainText(inWords({ answer: "unknown" }));
    if (Number(request.headers.get("content-length") ?? 0) > mostBytes)
      return plainText({ status: 413, text: "A ping carries at most 1 MB, which is not read." });
    try {
      return plainText(inWords(await takePing((await params).key, kind)));
    } catch (thrown) {
      const error = toAppError(thrown);
      log.error({ err: error }, "a ping was lost");
      return plainText({ status: error.status, text: error.userMessage });
    }
  };
}

function inWords(taken: PingAnswer): Answer {
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

function hostOf(headers: Headers): string | null {
  return headers.get("x-forwarded-host")?.split(",").at(-1)?.trim() ?? headers.get("host");
}

function plainText({ status, text, retryAfterSeconds }: Answer): Response {
  const headers = new Headers(securityHeaders("/ping"));
  headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  headers.set("content-type", "text/plain; charset=utf-8");
  headers.set("cache-control", "no-store");
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return new Response(`${text}\n`, { status, headers });
}
