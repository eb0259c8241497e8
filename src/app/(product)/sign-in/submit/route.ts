import { z } from "zod";
import { formHandler } from "#app/form-handler.ts";
import { email } from "#lib/text.ts";
import { readForm } from "#router/read-form.ts";
import { signInCustomer, signInRefused } from "#server/auth/customer-sign-in.ts";
import { formAttemptCookie } from "#server/auth/form-attempt.ts";
import { localPath } from "#server/auth/local-path.ts";
import { challengeCookie } from "#server/auth/once-cookie.ts";
import { enterSession } from "#server/auth/product.ts";
import { requestInfo } from "#server/auth/request-info.ts";
import { writeChallenge } from "#server/auth/second-factor-sign-in.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { findSessionId } from "#server/auth/session-token.ts";
import { AppError } from "#server/errors.ts";
import { toAppError } from "#server/to-app-error.ts";
import { setCookie } from "../../operation-form-handler.ts";

const typedSchema = z.object({ email: email(), password: z.string().min(1).max(1_000) });

export const POST = formHandler(signIn);

async function signIn(request: Request): Promise<Response> {
  const form = await readForm(request);
  const next = localPath(form.get("next"), { within: "/", fallback: "/" });
  try {
    return seeOther(await enter(request, form, next));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    const attempt = { values: { email: form.get("email") ?? "" }, problem: error.userMessage, fields: {} };
    await setCookie(formAttemptCookie("/sign-in", attempt));
    return seeOther(`/sign-in?${new URLSearchParams({ failed: "1", next })}`);
  }
}

async function enter({ headers }: Request, form: Map<string, string>, next: string): Promise<string> {
  const typed = typedSchema.safeParse({ email: form.get("email"), password: form.get("password") });
  if (!typed.success) throw new AppError("UNAUTHENTICATED", { userMessage: signInRefused });
  const replaces = await findSessionId(headers, "product");
  const result = await signInCustomer({ ...typed.data, request: requestInfo(headers), replaces });
  if ("secondFactorOf" in result) {
    await setCookie(challengeCookie(await writeChallenge(result.secondFactorOf)));
    return `/sign-in/code?${new URLSearchParams({ next })}`;
  }
  await enterSession(result.sessionId);
  return next;
}
