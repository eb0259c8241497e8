import type { OrganizationRole, SubscriptionStatus } from "#generated/prisma/enums.ts";
import type { plans } from "./plans.ts";

/** How a monitor's pings arrive: on time until now, until some hours ago, or never. */
type PingStory = { stoppedHoursAgo: number } | "onTime" | "never";
export type WorldMonitor = {
  name: string;
  everyMinutes: number;
  graceMinutes: number;
  pings: PingStory;
  /** At certain times instead of an interval. */
  cron?: { expression: string; timeZone: string };
  /** For so long no ping came, not long ago. */
  outage?: { hoursAgo: number; minutes: number };
  paused?: true;
};
export type Person = { name: string; email: string; lockedOut?: true };
export type WorldMember = { person: Person; role: OrganizationRole };

export type WorldOrganization = {
  name: string;
  slug: string;
  plan: (typeof plans)[number]["id"];
  status: SubscriptionStatus;
  seats: number;
  createdDaysAgo: number;
  /** Negative for a trial that has ended. */
  trialEndsInDays?: number;
  periodEndsInDays?: number;
  stripeCustomerId?: string;
  /** Where it is not the euro. */
  currency?: "JPY";
  suspension?: { reason: string; ticket: string };
  members: WorldMember[];
  monitors: WorldMonitor[];
};
