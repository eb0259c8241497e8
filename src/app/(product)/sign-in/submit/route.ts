import { cookies } from "next/headers";
import { readForm } from "#router/read-form.ts";
import { formHandler } from "#server/auth/form-handler.ts";
import { localPath } from "#server/auth/local-path.ts";
import { unwrapAuthError } from "#server/auth/next-auth-config.ts";
import { product } from "#server/auth/product.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signInAttemptCookie } from "#server/auth/sign-in-form.ts";
import { toAppError } from "#server/to-app-error.ts";

export const POST = formHandler(signIn);

async function signIn(request: Request): Promise<Response> {
  const form = await readForm(request);
  const [email = "", password = ""] = [form.get("email"), form.get("password")];
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
