import { env } from "#env.ts";
import { localPath } from "#server/auth/local-path.ts";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { staff } from "#server/auth/staff.ts";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  const form = await request.formData();
  const next = localPath(form.get("next"), { within: "/admin", fallback: "/admin" });
  const fresh = form.get("fresh") === "1" ? { prompt: "login", max_age: "0" } : undefined;
  const target: string = await staff.signIn("staff", { redirect: false, redirectTo: next }, fresh);
  // A provider that does not answer shows only in next-auth sending the browser back.
  const failed = target.startsWith(`${new URL(env().APP_URL).origin}/admin/sign-in`);
  const again = new URLSearchParams({ error: "unavailable", next, ...(fresh ? { fresh: "1" } : {}) });
  return seeOther(failed ? `/admin/sign-in?${again}` : target);
}
