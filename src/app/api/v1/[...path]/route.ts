import { serveApi } from "#router/api/serve.ts";

type Props = { params: Promise<{ path: string[] }> };

async function serve(request: Request, { params }: Props): Promise<Response> {
  return serveApi(request, (await params).path);
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as PATCH, serve as POST, serve as PUT };
