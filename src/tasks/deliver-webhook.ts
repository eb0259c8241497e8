import type { EffectJob } from "#server/effects/effect.ts";
import type { WebhookJob } from "#server/effects/webhook.ts";
import type { QueueTask } from "./task.ts";
import { attemptDelivery } from "./webhook-attempt.ts";
import { fanOut } from "./webhook-fan-out.ts";

export const deliverWebhookTask: QueueTask = {
  queue: "webhook",
  atOnce: 5,
  async handle({ id, data }) {
    const { payload, origin } = data as EffectJob<WebhookJob>;
    if (payload.kind === "delivery") return attemptDelivery({ payload, origin });
    await fanOut(id, { payload, origin });
    return undefined;
  },
};
