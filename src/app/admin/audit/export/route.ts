import { z } from "zod";
import { formHandler } from "#app/form-handler.ts";
import { exportEvents, exportFormats } from "#server/audit/export.ts";
import { auditFilters } from "#server/audit/search.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { AppError } from "#server/errors.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../explain-failure.ts";
import { getStaff } from "../../staff.ts";

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };
const asked = auditFilters.omit({ after: true }).extend({ format: z.enum(exportFormats) });

/** Streams the events that the address's filters find, once the export itself is recorded. */
export const GET = formHandler(async (request) => {
  const { context, staff } = await getStaff();
  if (!context.actor) return seeOther(pathWith("/admin/sign-in", { next: "/admin/audit" }));
  const parsed = asked.safeParse(readQuery(new URL(request.url).searchParams));
  if (!parsed.success) throw new AppError("BAD_REQUEST", { userMessage: "These filters are not valid. Go back and try again." });
  const { format, filters } = await staff.audit.beginExport(parsed.data).catch((thrown: unknown) => {
    throw appErrorOf(thrown);
  });
  const body = streamOf(exportEvents(filters, format));
  const name = `audit-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${format}`;
  return new Response(body, {
    headers: { "content-type": types[format], "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
});

function readQuery(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...search].filter(([name, value]) => value !== "" && name in asked.shape));
}

/** Reads on only as fast as the other side takes it, and stops when it goes away. */
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
