import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { WebhookTable } from "#ui/product/webhook-table.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Webhooks" };

export default productPage("/o/[slug]/webhooks", async ({ caller, params, path }) => {
  const { webhooks, create } = await caller.webhooks.list(params);
  return (
    <>
      <PageHeader title="Webhooks">
        <PermittedLink href={`${path}/new`} may={create} primary>
          Add webhook
        </PermittedLink>
      </PageHeader>
      <p>
        Countersign sends a signed request to these addresses when something happens. <a href="/developers#webhooks">How to receive it</a>
      </p>
      <WebhookTable webhooks={webhooks} path={path} />
    </>
  );
});
