import type { Queue } from "pg-boss";

type Options = Omit<Queue, "name">;

const patient: Options = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 3_600 };
// A worker that says nothing for this long is dead, and its job is somebody else's.
const watched: Options = { heartbeatSeconds: 10, expireInSeconds: 300 };
const week = 7 * 24 * 60 * 60;

/** The queues; each is worked by one task of `src/tasks`. */
export const queues = {
  mail: { ...patient, ...watched, deleteAfterSeconds: week },
  webhook: { ...patient, ...watched, deleteAfterSeconds: week },
  export: { ...patient, ...watched, retryLimit: 3, expireInSeconds: 900, deleteAfterSeconds: week },
  // About four days: Stripe keeps also its own failures under a key for 24 hours.
  stripe: { ...patient, ...watched, retryLimit: 200, retryDelayMax: 1_800, deleteAfterSeconds: 4 * week },
  stripeEvent: { ...patient, ...watched, deleteAfterSeconds: week },
  // Who could not be compared is so again a few hours later anyway.
  reconciliation: { ...patient, ...watched, retryLimit: 5, deleteAfterSeconds: week },
  bulk: { ...patient, ...watched, expireInSeconds: 3_600, deleteAfterSeconds: 4 * week },
  account: { ...patient, ...watched, deleteAfterSeconds: 3_600 },
} as const satisfies Record<string, Options>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];
