import { formHandler } from "#app/form-handler.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { downloadExportAsStaff } from "#router/staff/data-exports.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { zipResponse } from "#server/zip-response.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../../../../explain-failure.ts";
import { getStaff } from "../../../../../staff.ts";

type Props = { params: Promise<{ id: string; exportId: string }> };

/** The file of an export, once it is recorded who took it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, exportId } = await params;
  return formHandler(() => answer(id, exportId))(request);
}

async function answer(organizationId: string, id: string): Promise<Response> {
  const { context } = await getStaff();
  if (!context.actor) return seeOther(pathWith("/admin/sign-in", { next: `/admin/organizations/${organizationId}/exports` }));
  const file = await downloadExportAsStaff(procedureContext(context), { organizationId, id }).catch((thrown: unknown) => {
    throw appErrorOf(thrown);
  });
  return zipResponse(file);
}
