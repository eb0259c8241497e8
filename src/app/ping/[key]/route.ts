import { log } from "#server/log.ts";
import { type PingAnswer, takePing } from "#server/ping.ts";
import { toAppError } from "#server/to-app-error.ts";

const answers: Record<PingAnswer, { status: number; text: string }> = {
  taken: { status: 200, text: "OK" },
  suspended: { status: 403, text: "This organization is suspended." },
  unknown: { status: 404, text: "There is no such monitor." },
};

async function answerPing(_request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  try {
    return plainText(answers[await takePing((await params).key)]);
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error }, "a ping was lost");
    return plainText({ status: error.status, text: error.userMessage });
  }
}

function plainText({ status, text }: { status: number; text: string }): Response {
  return new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}

export { answerPing as GET, answerPing as HEAD, answerPing as POST };
