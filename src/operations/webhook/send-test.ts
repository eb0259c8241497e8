import { z } from "zod";
import { webhookEvent } from "#server/effects/webhook.ts";
import { defineOperation } from "#server/operation.ts";

export const webhookSendTest = defineOperation({
  name: "webhook.sendTest",
  title: "Send a test",
  description: "Sends the event webhook.test to this address, signed like every other.",
  target: "WebhookEndpoint",
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({}),
  summary: ({ target }) => `Send a test to the webhook at ${new URL(target.url).host}`,
  async run({ db, target, effect }) {
    await db.webhookEndpoint.update({ where: { id: target.id }, data: { testedAt: new Date() }, select: { id: true } });
    const data = { message: "This is a test." };
    effect(webhookEvent({ event: "webhook.test", organizationId: target.organizationId, data, endpointId: target.id }));
  },
});
