import { formHandler } from "#app/form-handler.ts";
import { readForm } from "#router/read-form.ts";
import { formAttemptCookie } from "#server/auth/form-attempt.ts";
import { localPath } from "#server/auth/local-path.ts";
import { endedChallengeCookie, findChallenge } from "#server/auth/once-cookie.ts";
import { enterSession } from "#server/auth/product.ts";
import { requestInfo } from "#server/auth/request-info.ts";
import { signInWithSecondFactor } from "#server/auth/second-factor-sign-in.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { findSessionId } from "#server/auth/session-token.ts";
import { toAppError } from "#server/to-app-error.ts";
import { setCookie } from "../../../operation-form-handler.ts";

export const POST = formHandler(enterCode);

async function enterCode(request: Request): Promise<Response> {
  const form = await readForm(request);
  const { headers } = request;
  const next = localPath(form.get("next"), { within: "/", fallback: "/" });
  const code = (form.get("code") ?? "").slice(0, 100);
  const signIn = {
    challenge: findChallenge(headers),
    code,
    request: requestInfo(headers),
    replaces: await findSessionId(headers, "product"),
  };
  try {
    await enterSession(await signInWithSecondFactor(signIn));
    await setCookie(endedChallengeCookie());
    return seeOther(next);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    const page = error.code === "EXPIRED" || error.code === "SUSPENDED" ? "/sign-in" : "/sign-in/code";
    await setCookie(formAttemptCookie(page, { values: {}, problem: error.userMessage, fields: {} }));
    return seeOther(`${page}?${new URLSearchParams({ failed: "1", next })}`);
  }
}
