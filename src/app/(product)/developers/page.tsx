import type { Metadata } from "next";
import { webhookEvents } from "#domain/webhook-events.ts";
import { webhookExample } from "#domain/webhook-example.ts";
import { env } from "#env.ts";
import { endpoints } from "#router/api/endpoints.ts";
import { ApiReference } from "#ui/product/api-reference.tsx";
import { WebhookReference } from "#ui/product/webhook-reference.tsx";
import { productPage } from "../product-page.tsx";

export const metadata: Metadata = { title: "Developers" };

export default productPage("/developers", async () => (
  <>
    <ApiReference
      origin={new URL(env().APP_URL).origin}
      endpoints={endpoints.map(({ method, path, title, scope }) => ({ method, path, title, scope }))}
    />
    <WebhookReference events={webhookEvents} example={webhookExample} />
  </>
));
