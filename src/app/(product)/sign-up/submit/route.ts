import { formAttemptCookie } from "#server/auth/form-attempt.ts";
import { visitorContext } from "#server/auth/mailed-link.ts";
import { operationFormHandler, setCookie } from "../../operation-form-handler.ts";

const page = "/sign-up";

export const POST = operationFormHandler({
  operation: "user.signUp",
  page,
  contextOf: async ({ headers }) => ({ context: await visitorContext(headers), targetId: "system" }),
  async done(_output, { form }) {
    await setCookie(formAttemptCookie(page, { values: { email: form.get("input.email") ?? "" }, problem: null, fields: {} }));
    return `${page}?sent=1`;
  },
});
