import { formHandler } from "#app/form-handler.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { createProductCaller } from "#router/product-router.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { AppError } from "#server/errors.ts";
import { createInvoicePdf } from "#server/invoice-pdf.ts";
import { pdfResponse } from "#server/pdf-response.ts";
import { appErrorOf } from "../../../../../explain-failure.ts";

type Props = { params: Promise<{ slug: string; file: string }> };

/** An invoice as a document, at an address that ends in .pdf. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { slug, file } = await params;
  return formHandler(() => answer(request, slug, file))(request);
}

async function answer(request: Request, slug: string, file: string): Promise<Response> {
  const [, id] = /^(.+)\.pdf$/.exec(file) ?? [];
  if (!id) throw new AppError("NOT_FOUND", { userMessage: "There is no such document." });
  const context = await productContext(request.headers);
  if (!context.actor) return seeOther(`/sign-in?${new URLSearchParams({ next: `/o/${slug}/billing/${id}` })}`);
  const { organization, invoice } = await createProductCaller(procedureContext(context))
    .billing.invoice({ slug, id })
    .catch((thrown: unknown) => {
      throw appErrorOf(thrown);
    });
  return pdfResponse({ content: await createInvoicePdf({ ...invoice, organization }), fileName: `${invoice.number}.pdf` });
}
