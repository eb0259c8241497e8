import { z } from "zod";
import { encryptSecret } from "#server/auth/encrypt-secret.ts";
import { defineOperation } from "#server/operation.ts";
import { createSigningSecret, signingSecretOf } from "#server/webhook-signature.ts";

export const webhookRotateSecret = defineOperation({
  name: "webhook.rotateSecret",
  title: "New signing secret",
  description: "Everything sent from then on is signed with the new secret. The old one is forgotten at once.",
  target: "WebhookEndpoint",
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Make a new signing secret for the webhook to ${new URL(target.url).host}`,
  async run({ db, target }) {
    const secret = createSigningSecret();
    const signingSecret = encryptSecret(secret, signingSecretOf(target.organizationId));
    await db.webhookEndpoint.update({ where: { id: target.id }, data: { signingSecret }, select: { id: true } });
    return { secret };
  },
  shownOnce: ({ secret }) => ({
    title: "The new signing secret",
    explanation: "Copy it to the program that receives the webhook now: until then it takes what we send for somebody else's.",
    secrets: [secret],
  }),
});
