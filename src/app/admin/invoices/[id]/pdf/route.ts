import { formHandler } from "#app/form-handler.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { pdfResponse } from "#server/pdf-response.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../../explain-failure.ts";
import { getStaff } from "../../../staff.ts";

type Props = { params: Promise<{ id: string }> };

/** The invoice as a document, once it is recorded who took it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id } = await params;
  return formHandler(() => answer(id))(request);
}

async function answer(id: string): Promise<Response> {
  const { context, staff } = await getStaff();
  if (!context.actor) return seeOther(pathWith("/admin/sign-in", { next: `/admin/invoices/${id}` }));
  const document = await staff.invoices.pdf({ id }).catch((thrown: unknown) => {
    throw appErrorOf(thrown);
  });
  return pdfResponse(document);
}
