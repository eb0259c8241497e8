import { cookies } from "next/headers";
import { localPath } from "#server/auth/local-path.ts";
import { unwrapAuthError } from "#server/auth/next-auth-config.ts";
import { product } from "#server/auth/product.ts";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signInAttemptCookie } from "#server/auth/sign-in-form.ts";
import { toAppError } from "#server/to-app-error.ts";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  const form = await request.formData();
  const [email, password] = [String(form.get("email") ?? ""), String(form.get("password") ?? "")];
  const next = localPath(form.get("next"), { within: "/", fallback: "/" });
  try {
    await product.signIn("credentials", { email, password, redirect: false, redirectTo: next });
    return seeOther(next);
  } catch (thrown) {
    const { userMessage } = toAppError(unwrapAuthError(thrown));
    const attempt = signInAttemptCookie({ email, problem: userMessage });
    (await cookies()).set(attempt.name, attempt.value, attempt.options);
    return seeOther(`/sign-in?${new URLSearchParams({ failed: "1", next })}`);
  }
}
