import { serveTrpc } from "#router/http.ts";
import { staffEndpoint } from "#router/trpc-endpoints.ts";

/** Where Next serves alone, as in development; in production src/router/trpc-listener.ts answers. */
function serve(request: Request): Promise<Response> {
  return serveTrpc({ request, ...staffEndpoint });
}

export { serve as GET, serve as POST };
