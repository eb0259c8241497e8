import { trialEnd } from "#domain/organizations.ts";
import type { Random } from "#lib/random.ts";
import type { Transaction } from "#server/db.ts";
import { idAt } from "./id-at.ts";
import { seedInvoices, seedPaymentMethod } from "./seed-billing.ts";
import { seedMonitor } from "./seed-monitor.ts";
import { seedSupport } from "./seed-support.ts";
import { hasStripeSubscription, stripeId } from "./world/stripe.ts";
import type { WorldMember, WorldOrganization } from "./world/types.ts";

export type Setting = { now: Date; random: Random; passwordHash: string; userIds: Map<string, string> };

const day = 86_400_000;
const browsers = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
];

export async function seedOrganization(
  db: Transaction,
  organization: WorldOrganization & { id: string; createdAt: Date },
  setting: Setting,
): Promise<void> {
  const { now, random } = setting;
  const { id: organizationId, createdAt } = organization;
  await db.organization.create({
    data: {
      id: organizationId,
      name: organization.name,
      slug: organization.slug,
      stripeCustomerId: organization.stripeCustomerId ?? null,
      createdAt,
    },
  });
  await db.subscription.create({
    data: {
      id: idAt("sub", createdAt, random),
      organizationId,
      planId: organization.plan,
      status: organization.status,
      seats: organization.seats,
      currency: organization.currency ?? "EUR",
      trialEndsAt: organization.trialEndsInDays === undefined ? null : trialEnd({ from: null, days: organization.trialEndsInDays, now }),
      currentPeriodEndsAt: organization.periodEndsInDays === undefined ? null : daysFrom(now, organization.periodEndsInDays),
      canceledAt: organization.status === "canceled" ? daysFrom(now, organization.periodEndsInDays ?? 0) : null,
      stripeSubscriptionId: hasStripeSubscription(organization) ? stripeId("sub", organization.stripeCustomerId ?? "") : null,
      createdAt,
    },
  });
  if (organization.suspension) await db.suspension.create({ data: { organizationId, ...organization.suspension } });
  for (const [index, member] of organization.members.entries()) {
    await seedMember(db, { organizationId, member, joinedAt: new Date(createdAt.getTime() + index * 3_600_000) }, setting);
  }
  await seedPaymentMethod(db, organization);
  await seedInvoices(db, organization, now);
  await seedSupport(db, organization, now);
  for (const monitor of organization.monitors) await seedMonitor(db, { organizationId, monitor, createdAt }, setting);
}

async function seedMember(
  db: Transaction,
  { organizationId, member, joinedAt }: { organizationId: string; member: WorldMember; joinedAt: Date },
  setting: Setting,
): Promise<void> {
  const userId = setting.userIds.get(member.person.email) ?? (await seedUser(db, member, joinedAt, setting));
  setting.userIds.set(member.person.email, userId);
  await db.membership.create({
    data: { id: idAt("mem", joinedAt, setting.random), organizationId, userId, role: member.role, createdAt: joinedAt },
  });
}

async function seedUser(
  db: Transaction,
  { person }: WorldMember,
  createdAt: Date,
  { now, random, passwordHash }: Setting,
): Promise<string> {
  const lastSeenAt = new Date(now.getTime() - Math.floor(random() * 4 * day));
  const { id } = await db.user.create({
    data: {
      id: idAt("usr", createdAt, random),
      email: person.email,
      name: person.name,
      passwordHash,
      passwordChangedAt: createdAt,
      emailVerifiedAt: createdAt,
      createdAt,
      lastSeenAt,
    },
    select: { id: true },
  });
  if (person.lockedOut) await db.lockout.create({ data: { userId: id, until: daysFrom(now, 30) } });
  const sessions = Array.from({ length: person.lockedOut ? 0 : 1 + Math.floor(random() * 2) }, () => ({
    userId: id,
    sourceIp: `203.0.113.${1 + Math.floor(random() * 254)}`,
    userAgent: browsers[Math.floor(random() * browsers.length)] ?? null,
  }));
  await db.session.createMany({ data: sessions });
  return id;
}

function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * day);
}
