import { procedureContext } from "#router/procedure-context.ts";
import { downloadExport } from "#router/product/download-export.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { log } from "#server/log.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { toAppError } from "#server/to-app-error.ts";
import { zipResponse } from "#server/zip-response.ts";

type Props = { params: Promise<{ slug: string; id: string }> };

export async function GET(request: Request, { params }: Props): Promise<Response> {
  try {
    const { slug, id } = await params;
    const context = await productContext(request.headers);
    if (!context.actor) return seeOther(`/sign-in?${new URLSearchParams({ next: `/o/${slug}/export` })}`);
    return zipResponse(await downloadExport(procedureContext(context), { slug, id }));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isFault(error)) log.error({ err: error }, "an export could not be downloaded");
    return new Response(`${error.userMessage}\n`, {
      status: error.status,
      headers: { ...retryAfter(error), "content-type": "text/plain; charset=utf-8" },
    });
  }
}
