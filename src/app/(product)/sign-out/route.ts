import { product } from "#server/auth/product.ts";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { signOutCustomer } from "#server/auth/sign-out.ts";
import { productContext } from "#server/context.ts";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  const context = await productContext(request.headers);
  const { actor } = context;
  // While viewing as a customer there is nobody to sign out: the customer's own session in this browser is not looked at.
  if (actor?.type === "staff") return seeOther("/");
  if (actor?.type === "user") await signOutCustomer({ ...context, actor });
  await product.signOut({ redirect: false });
  return seeOther("/sign-in");
}
