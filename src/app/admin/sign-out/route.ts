import { cookies } from "next/headers";
import { formHandler } from "#app/form-handler.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signOutStaff } from "#server/auth/sign-out.ts";
import { staff } from "#server/auth/staff.ts";
import { staffContext } from "#server/context.ts";
import { endedImpersonationCookie } from "#server/impersonation-session.ts";

export const POST = formHandler(signOut);

async function signOut(request: Request): Promise<Response> {
  const context = await staffContext(request.headers);
  const { actor } = context;
  if (actor?.type === "staff") await signOutStaff({ ...context, actor });
  await staff.signOut({ redirect: false });
  const ended = endedImpersonationCookie();
  (await cookies()).set(ended.name, ended.value, ended.options);
  return seeOther("/admin/sign-in");
}
