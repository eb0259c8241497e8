import { visitorContext } from "#server/auth/mailed-link.ts";
import { enterSession } from "#server/auth/product.ts";
import { findSessionId } from "#server/auth/session-token.ts";
import { signInByMailedLink } from "#server/auth/start-session.ts";
import { operationFormHandler } from "../../../operation-form-handler.ts";

export const POST = operationFormHandler({
  operation: "user.confirmSignUp",
  page: "/sign-up/confirm",
  query: ["token"],
  contextOf: async ({ headers }) => ({ context: await visitorContext(headers), targetId: "system" }),
  async done({ userId, slug }: { userId: string; slug: string }, { request, context }) {
    const replaces = await findSessionId(request.headers, "product");
    await enterSession(await signInByMailedLink({ userId, request: context, replaces }));
    return `/o/${slug}/monitors?done=user.confirmSignUp`;
  },
});
