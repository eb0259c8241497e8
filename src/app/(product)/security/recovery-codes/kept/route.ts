import { formHandler } from "#app/form-handler.ts";
import { endedRecoveryCodesCookie } from "#server/auth/once-cookie.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { setCookie } from "../../../operation-form-handler.ts";

export const POST = formHandler(async () => {
  await setCookie(endedRecoveryCodesCookie());
  return seeOther("/security");
});
