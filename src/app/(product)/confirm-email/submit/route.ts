import { bearerContext, findMailedLink } from "#server/auth/mailed-link.ts";
import { operationFormHandler } from "../../operation-form-handler.ts";

export const POST = operationFormHandler({
  operation: "user.confirmEmailChange",
  page: "/confirm-email",
  query: ["token"],
  async contextOf({ headers }, form) {
    const link = await findMailedLink(form.get("input.token") ?? "", "changeEmail");
    return link && { context: await bearerContext(headers, link), targetId: link.user.id };
  },
  done: (_output, { context }) =>
    context.actor.type === "user" && context.actor.sessionId ? "/security?done=user.confirmEmailChange" : "/sign-in?changed=email",
});
