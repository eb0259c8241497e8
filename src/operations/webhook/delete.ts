import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const webhookDelete = defineOperation({
  name: "webhook.delete",
  title: "Delete webhook",
  description: "Nothing more is sent there, and what waited to be sent again is dropped.",
  target: "WebhookEndpoint",
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Delete the webhook to ${new URL(target.url).host}`,
  async run({ db, target }) {
    await db.webhookEndpoint.delete({ where: { id: target.id }, select: { id: true } });
  },
});
