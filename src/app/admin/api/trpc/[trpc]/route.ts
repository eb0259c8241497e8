import { serveTrpc } from "#router/http.ts";
import { staffRouter } from "#router/staff-router.ts";
import { staffContext } from "#server/context.ts";

function serve(request: Request): Promise<Response> {
  return serveTrpc({ request, endpoint: "/admin/api/trpc", router: staffRouter, contextOf: staffContext });
}

export { serve as GET, serve as POST };
