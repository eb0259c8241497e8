import { visitorContext } from "#server/auth/mailed-link.ts";
import { enterSession } from "#server/auth/product.ts";
import { findSessionId } from "#server/auth/session-token.ts";
import { findSignUp } from "#server/auth/sign-up.ts";
import { signInByMailedLink } from "#server/auth/start-session.ts";
import { forgetFailures, requireAttempt } from "#server/auth/throttle.ts";
import { operationFormHandler } from "../../../operation-form-handler.ts";

export const POST = operationFormHandler({
  operation: "user.confirmSignUp",
  page: "/sign-up/confirm",
  query: ["token"],
  async contextOf({ headers }, form) {
    const context = await visitorContext(headers);
    const signUp = await findSignUp(form.get("input.token") ?? "");
    if (signUp) await requireAttempt({ email: signUp.email, sourceIp: context.sourceIp });
    return { context, targetId: "system" };
  },
  async done({ userId, slug, email }: { userId: string; slug: string; email: string }, { request, context }) {
    await forgetFailures({ email, sourceIp: context.sourceIp });
    const replaces = await findSessionId(request.headers, "product");
    await enterSession(await signInByMailedLink({ userId, request: context, replaces }));
    return `/o/${slug}/monitors?done=user.confirmSignUp`;
  },
});
