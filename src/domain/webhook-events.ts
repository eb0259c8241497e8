/** What an organization can be told of by webhook: event → in words. */
export const webhookEvents = {
  "monitor.created": "A monitor was created",
  "monitor.updated": "A monitor was changed, paused or resumed",
  "monitor.deleted": "A monitor was deleted",
  "monitor.down": "A monitor went down",
  "monitor.up": "A monitor is up again",
  "webhook.test": "Somebody pressed “Send a test”",
} as const;

export type WebhookEvent = keyof typeof webhookEvents;

/** A test goes to the endpoint that it tests, whatever that has chosen. */
export const chosenEvents = Object.keys(webhookEvents).filter((event) => event !== "webhook.test") as Exclude<
  WebhookEvent,
  "webhook.test"
>[];
