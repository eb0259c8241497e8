import { formHandler } from "#app/form-handler.ts";
import { readForm } from "#router/read-form.ts";
import { originOf } from "#server/auth/hosts.ts";
import { localPath } from "#server/auth/local-path.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { staff } from "#server/auth/staff.ts";

export const POST = formHandler(startSignIn);

async function startSignIn(request: Request): Promise<Response> {
  const form = await readForm(request);
  const next = localPath(form.get("next"), { within: "/admin", fallback: "/admin" });
  const fresh = form.get("fresh") === "1" ? { prompt: "login", max_age: "0" } : undefined;
  const target: string = await staff.signIn("staff", { redirect: false, redirectTo: next }, fresh);
  // A provider that does not answer shows only in next-auth sending the browser back.
  const failed = target.startsWith(`${originOf("/admin")}/admin/sign-in`);
  const again = new URLSearchParams({ error: "unavailable", next, ...(fresh ? { fresh: "1" } : {}) });
  return seeOther(failed ? `/admin/sign-in?${again}` : target);
}
