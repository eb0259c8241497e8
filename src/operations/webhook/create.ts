import { z } from "zod";
import { type WebhookEvent, webhookEvents } from "#domain/webhook-events.ts";
import { plural, text } from "#lib/text.ts";
import { encryptSecret } from "#server/auth/encrypt-secret.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { whyNotPublicUrl } from "#server/public-url.ts";
import { createSigningSecret, signingSecretOf } from "#server/webhook-signature.ts";

const mostEndpoints = 10;
const fields = {
  down: "monitor.down",
  up: "monitor.up",
  created: "monitor.created",
  updated: "monitor.updated",
  deleted: "monitor.deleted",
} as const satisfies Record<string, WebhookEvent>;
const wanted = (event: WebhookEvent) => z.boolean().default(false).meta({ title: event, help: webhookEvents[event] });

export const webhookCreate = defineOperation({
  name: "webhook.create",
  title: "Add webhook",
  description: "Countersign tells an address of yours what happens. The secret that signs what is sent is shown once.",
  target: "Organization",
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({
    url: text({ max: 500 }).meta({ title: "Address", help: "https:// and reachable from the public internet" }),
    down: wanted("monitor.down"),
    up: wanted("monitor.up"),
    created: wanted("monitor.created"),
    updated: wanted("monitor.updated"),
    deleted: wanted("monitor.deleted"),
  }),
  summary: ({ target }) => `Add a webhook to ${target.name}`,
  async run({ db, target, input }) {
    const whyNot = whyNotPublicUrl(input.url);
    if (whyNot) throw new AppError("INVALID_INPUT", { details: { fields: { "input.url": whyNot } } });
    const events = Object.entries(fields).flatMap(([field, event]) => (input[field as keyof typeof fields] ? [event] : []));
    if (events.length === 0)
      throw new AppError("INVALID_INPUT", { details: { fields: { "input.down": "Choose at least one thing to be told of." } } });
    if ((await db.webhookEndpoint.count({ where: { organizationId: target.id } })) >= mostEndpoints)
      throw new AppError("CONFLICT", {
        userMessage: `There are ${plural(mostEndpoints, "webhook")} already. Delete one that nothing uses.`,
      });
    const secret = createSigningSecret();
    const { id } = await db.webhookEndpoint.create({
      data: {
        organizationId: target.id,
        url: new URL(input.url).href,
        events,
        signingSecret: encryptSecret(secret, signingSecretOf(target.id)),
      },
      select: { id: true },
    });
    return { webhookId: id, secret };
  },
  shownOnce: ({ secret }) => ({
    title: "The signing secret of your new webhook",
    explanation: "Copy it to the program that receives the webhook, to check that what comes is from us. It cannot be shown again.",
    secrets: [secret],
  }),
});
