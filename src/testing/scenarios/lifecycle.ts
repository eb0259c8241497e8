import type { SystemActor } from "#server/actor.ts";
import type { Transaction } from "#server/db.ts";
import { arrange, makeStaff, unique } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const select = { id: true } as const;
const worker: SystemActor = { type: "system", id: "worker", label: "Test" };
const day = 86_400_000;
const engineer = () => makeStaff("engineering");
const flag = { flag: "compactMonitorList", enabled: true };

/** The organization, after something was done to it. */
function after(change: (db: Transaction, organizationId: string) => Promise<unknown>) {
  return async ({ id }: World) => {
    await arrange((db) => change(db, id));
    return id;
  };
}

const dueIn = (days: number) =>
  after((db, organizationId) =>
    db.scheduledDeletion.create({ data: { organizationId, reason: unique(), dueAt: new Date(Date.now() + days * day) }, select }),
  );

/** How organizations are closed, kept, limited and deleted. */
export const lifecycleScenarios = {
  "organization.clearFlag": {
    targetOf: after((db, organizationId) => db.organizationFlag.create({ data: { organizationId, ...flag }, select })),
    input: () => ({ flag: flag.flag }),
    actorOf: engineer,
  },
  "organization.clearLimitOverride": {
    targetOf: after((db, organizationId) => db.limitOverride.create({ data: { organizationId, monitors: 50 }, select })),
  },
  "organization.deactivate": { targetOf: ({ id }) => id },
  "organization.delete": { targetOf: dueIn(-1), actorOf: () => worker },
  "organization.endMaintenance": {
    targetOf: after((db, organizationId) => db.maintenance.create({ data: { organizationId, message: "Soon back." }, select })),
  },
  "organization.overrideLimits": { targetOf: ({ id }) => id, input: () => ({ monitors: 50, historyDays: 90 }) },
  "organization.purgeHistory": { targetOf: ({ id }) => id, input: () => ({ olderThanDays: 7 }) },
  "organization.reactivate": {
    targetOf: after((db, organizationId) => db.deactivation.create({ data: { organizationId, reason: "test" }, select })),
  },
  "organization.remindOfDeletion": { targetOf: dueIn(2), actorOf: () => worker },
  "organization.requestDeletion": {
    targetOf: ({ id }) => id,
    input: () => ({ days: 14, endSubscription: false }),
    actorOf: ({ people }) => people.owner.actor,
  },
  "organization.restore": { targetOf: dueIn(10) },
  "organization.scheduleDeletion": { targetOf: ({ id }) => id, input: () => ({ days: 14, endSubscription: false }) },
  "organization.setFlag": { targetOf: ({ id }) => id, input: () => ({ ...flag, lastDay: "2099-01-31" }), actorOf: engineer },
  "organization.setRetention": { targetOf: ({ id }) => id, input: () => ({ days: 10 }) },
  "organization.startMaintenance": { targetOf: ({ id }) => id, input: () => ({ message: "Back at noon." }) },
} satisfies Scenarios;
