import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Settings" };

const request = getOperation("organization.requestDeletion");

export default productPage("/o/[slug]/settings", async ({ caller, params, path, draft }) => {
  const { organization, dueAt, usualDays, consequences, request: mayRequest, restore } = await caller.organizations.deletion(params);
  const common = { targetId: organization.id, back: path, draft };
  return (
    <>
      <PageHeader title="Settings" />
      <section>
        <h2>{dueAt ? "This organization is to be deleted" : "Delete this organization"}</h2>
        {consequences.length > 0 && (
          <ul>
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
        )}
        {dueAt ? (
          <OperationForm {...common} operation="organization.restore" submit="Keep it" whyNot={restore.whyNot} />
        ) : (
          <OperationForm
            {...common}
            operation={request.name}
            fields={formFields(request)}
            values={{ days: usualDays }}
            phrase={organization.slug}
            submit="Delete this organization"
            danger
            whyNot={mayRequest.whyNot}
          />
        )}
      </section>
    </>
  );
});
