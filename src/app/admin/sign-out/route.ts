import { cookies } from "next/headers";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signOutStaff } from "#server/auth/sign-out.ts";
import { staff } from "#server/auth/staff.ts";
import { staffContext } from "#server/context.ts";
import { endedImpersonationCookie } from "#server/impersonation-session.ts";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  const context = await staffContext(request.headers);
  const { actor } = context;
  if (actor?.type === "staff") await signOutStaff({ ...context, actor });
  await staff.signOut({ redirect: false });
  const ended = endedImpersonationCookie();
  (await cookies()).set(ended.name, ended.value, ended.options);
  return seeOther("/admin/sign-in");
}
