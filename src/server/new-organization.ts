import { slugFrom, trialEnd } from "#domain/organizations.ts";
import type { Transaction } from "./db.ts";

type NewOrganization = { name: string; slug: string; planId: string; ownerId: string };

/** An organization in its trial, with its first owner. */
export async function createOrganization(db: Transaction, { name, slug, planId, ownerId }: NewOrganization): Promise<{ id: string }> {
  const plan = await db.plan.findUniqueOrThrow({ where: { id: planId }, select: { trialDays: true, seats: true } });
  const trialEndsAt = trialEnd({ from: new Date(), days: plan.trialDays });
  return db.organization.create({
    data: {
      name,
      slug,
      memberships: { create: { userId: ownerId, role: "owner" } },
      subscription: { create: { planId, status: "trialing", seats: plan.seats, trialEndsAt } },
    },
    select: { id: true },
  });
}

/** The name as a slug that nobody has: "northwind-labs", or else "northwind-labs-2". */
export async function freeSlug(db: Transaction, name: string): Promise<string> {
  const slug = slugFrom(name);
  const taken = await db.organization.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true }, take: 10_000 });
  const slugs = new Set(taken.map((organization) => organization.slug));
  let free = slug;
  for (let number = 2; slugs.has(free); number += 1) free = `${slug}-${number}`;
  return free;
}
