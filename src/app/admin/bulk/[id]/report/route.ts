import { formHandler } from "#app/form-handler.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../../explain-failure.ts";
import { getStaff } from "../../../staff.ts";

type Params = { params: Promise<{ id: string }> };

/** What became of each target, as CSV. */
export function GET(request: Request, { params }: Params): Promise<Response> {
  return formHandler(async () => {
    const { id } = await params;
    const { context, staff } = await getStaff();
    if (!context.actor) return seeOther(pathWith("/admin/sign-in", { next: `/admin/bulk/${id}` }));
    const report = await staff.bulk.report({ id }).catch((thrown: unknown) => {
      throw appErrorOf(thrown);
    });
    return new Response(report, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="bulk-run-${encodeURIComponent(id)}.csv"`,
        "cache-control": "no-store",
      },
    });
  })(request);
}
