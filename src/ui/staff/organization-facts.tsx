import type { SubscriptionStatus } from "#generated/prisma/enums.ts";
import { plural } from "#lib/text.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";
import { statusWords } from "./organization-status.tsx";

type Organization = {
  id: string;
  slug: string;
  stripeCustomerId: string | null;
  createdAt: Date;
  retentionDays: number | null;
  historyPurgedBefore: Date | null;
  limitOverride: { monitors: number | null; pingsPerMinute: number | null; historyDays: number | null; apiPerMinute: number | null } | null;
  subscription: {
    id: string;
    status: SubscriptionStatus;
    seats: number;
    currency: string;
    trialEndsAt: Date | null;
    currentPeriodEndsAt: Date | null;
    plan: { name: string; monitors: number };
  } | null;
  _count: { monitors: number };
};

export function OrganizationFacts({
  id,
  slug,
  stripeCustomerId,
  createdAt,
  retentionDays,
  historyPurgedBefore,
  limitOverride,
  subscription,
  _count,
}: Organization) {
  const trial = subscription?.status === "trialing" ? subscription.trialEndsAt : null;
  return (
    <Facts
      facts={{
        Subscription: subscription ? `${statusWords[subscription.status]}, ${subscription.plan.name}` : "None",
        [trial && trial < new Date() ? "Trial ended" : "Trial ends"]: trial && <Time value={trial} />,
        "Period ends": subscription?.currentPeriodEndsAt && <Time value={subscription.currentPeriodEndsAt} />,
        Monitors: subscription && <Use used={_count.monitors} of={limitOverride?.monitors ?? subscription.plan.monitors} />,
        "Limits of its own": limitOverride && <OwnLimits {...limitOverride} />,
        "Pings are kept": retentionDays && plural(retentionDays, "day"),
        "History purged": historyPurgedBefore && (
          <>
            before <Time value={historyPurgedBefore} />
          </>
        ),
        Currency: subscription?.currency,
        Stripe: stripeCustomerId ? <Id>{stripeCustomerId}</Id> : "No customer yet",
        Slug: <Id>{slug}</Id>,
        Id: <Id>{id}</Id>,
        Exports: <a href={`/admin/organizations/${id}/exports`}>Data exports</a>,
        Created: <Time value={createdAt} />,
      }}
    />
  );
}

function OwnLimits({ monitors, pingsPerMinute, historyDays, apiPerMinute }: NonNullable<Organization["limitOverride"]>) {
  const limits = {
    monitors,
    "pings in a minute": pingsPerMinute,
    "days of history": historyDays,
    "API requests in a minute": apiPerMinute,
  };
  return Object.entries(limits).flatMap(([name, limit]) =>
    limit === null ? [] : [<div key={name}>{`${limit.toLocaleString("en-GB")} ${name}`}</div>],
  );
}

function Use({ used, of }: { used: number; of: number }) {
  return (
    <>
      {used} of {of} used {used > of && <small>over by {used - of}</small>}
    </>
  );
}
