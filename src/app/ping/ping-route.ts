import { hostAsked } from "#server/auth/hosts.ts";
import type { PingKind } from "#server/ping.ts";
import { answerPing } from "#server/ping-answer.ts";

/** The handler of one kind of ping where Next serves alone, as in development; in production the listener beside it answers. */
export function pingRoute(kind: PingKind) {
  return async ({ headers }: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> => {
    const contentLength = Number(headers.get("content-length") ?? 0);
    const { body, ...answer } = await answerPing({ key: (await params).key, kind, host: hostAsked(headers), contentLength });
    return new Response(body, answer);
  };
}
