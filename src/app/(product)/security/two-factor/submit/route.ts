import { recoveryCodesCookie } from "#server/auth/once-cookie.ts";
import { operationFormHandler, setCookie } from "../../../operation-form-handler.ts";
import { ownContext } from "../../../own-context.ts";

export const POST = operationFormHandler({
  operation: "user.enableTwoFactor",
  page: "/security/two-factor",
  contextOf: ownContext,
  async done({ recoveryCodes }: { recoveryCodes: string[] }, { context }) {
    await setCookie(await recoveryCodesCookie(context.actor.id, recoveryCodes));
    return "/security/recovery-codes?done=user.enableTwoFactor";
  },
});
