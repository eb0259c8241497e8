import { formAttemptCookie } from "#server/auth/form-attempt.ts";
import { bearerContext, findMailedLink } from "#server/auth/mailed-link.ts";
import { operationFormHandler, setCookie } from "../../operation-form-handler.ts";

export const POST = operationFormHandler({
  operation: "user.resetPassword",
  page: "/reset-password",
  query: ["token"],
  async contextOf({ headers }, form) {
    const link = await findMailedLink(form.get("input.token") ?? "", "resetPassword");
    return link && { context: await bearerContext(headers, link), targetId: link.user.id };
  },
  async done(_output, { context }) {
    const email = context.actor.type === "user" ? context.actor.email : "";
    await setCookie(formAttemptCookie("/sign-in", { values: { email }, problem: null, fields: {} }));
    return "/sign-in?changed=password";
  },
});
