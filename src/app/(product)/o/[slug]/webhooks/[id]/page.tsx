import type { Metadata } from "next";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { DeliveryTable } from "#ui/product/delivery-table.tsx";
import { OperationButton } from "#ui/product/operation-button.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Webhook" };

export default productPage("/o/[slug]/webhooks/[id]", async ({ caller, params, path }) => {
  const { webhook, deliveries, sendTest, rotateSecret, delete: remove } = await caller.webhooks.get(params);
  return (
    <>
      <PageHeader crumbs={[{ label: "Webhooks", path: `/o/${params.slug}/webhooks` }]} title={new URL(webhook.url).host}>
        <OperationButton operation="webhook.sendTest" targetId={webhook.id} back={path} disabled={!sendTest.allowed}>
          Send a test
        </OperationButton>
        <PermittedLink href={`${path}/new-secret`} may={rotateSecret}>
          New signing secret
        </PermittedLink>
        <PermittedLink href={`${path}/delete`} may={remove}>
          Delete
        </PermittedLink>
      </PageHeader>
      <Facts
        facts={{
          Address: <code className="id">{webhook.url}</code>,
          Events: webhook.events.join(", "),
          Added: <Time value={webhook.createdAt} />,
          "Last test": <Time value={webhook.testedAt} />,
        }}
      />
      <h2>Deliveries</h2>
      <p className="quiet">
        What fails is tried again, less and less often, for about three days. <a href={path}>Look again</a>
      </p>
      <DeliveryTable deliveries={deliveries} />
    </>
  );
});
