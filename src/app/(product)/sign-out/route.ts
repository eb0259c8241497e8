import { formHandler } from "#app/form-handler.ts";
import { product } from "#server/auth/product.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signOutCustomer } from "#server/auth/sign-out.ts";
import { productContext } from "#server/context.ts";

export const POST = formHandler(signOut);

async function signOut(request: Request): Promise<Response> {
  const context = await productContext(request.headers);
  const { actor } = context;
  // While viewing as a customer there is nobody to sign out: the customer's own session in this browser is not looked at.
  if (actor?.type === "staff") return seeOther("/");
  if (actor?.type === "user") await signOutCustomer({ ...context, actor });
  await product.signOut({ redirect: false });
  return seeOther("/sign-in");
}
