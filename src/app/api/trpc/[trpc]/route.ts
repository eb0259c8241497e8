import { serveTrpc } from "#router/http.ts";
import { productRouter } from "#router/product-router.ts";
import { productContext } from "#server/context.ts";

function serve(request: Request): Promise<Response> {
  return serveTrpc({ request, endpoint: "/api/trpc", router: productRouter, contextOf: productContext });
}

export { serve as GET, serve as POST };
