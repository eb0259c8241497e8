import { z } from "zod";
import { welcomeOwner } from "#domain/mails/registry.ts";
import { slugForm, trialEnd } from "#domain/organizations.ts";
import { email, text } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { getSetting } from "#server/settings.ts";
import { becomeCustomer } from "#server/stripe/become-customer.ts";

export const organizationCreate = defineOperation({
  name: "organization.create",
  title: "Create organization",
  description: "A new customer with a trial and its first owner, without a payment method.",
  target: "System",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({
    name: text({ max: 100 }).meta({ title: "Name" }),
    slug: text({ max: 60 })
      .regex(slugForm, "Use lower-case letters, digits and single hyphens.")
      .meta({ title: "Slug", help: "Its short name in addresses, for example northwind-labs" }),
    plan: z.enum(["free", "team", "business"]).meta({ title: "Plan" }),
    ownerEmail: email().meta({ title: "Owner's e-mail" }),
    ownerName: text({ max: 100 }).meta({ title: "Owner's name" }),
  }),
  summary: ({ input }) => `Create the organization ${input.name} (${input.slug}) on the ${input.plan} plan`,
  consequences: ({ input }) => [
    `${input.ownerEmail} becomes the owner; someone with that address keeps their account.`,
    "Who has no password yet gets a link to choose one.",
  ],
  next: ({ organizationId }) => `/admin/organizations/${organizationId}`,
  async run({ db, input, eventId, effect }) {
    if (await db.organization.findUnique({ where: { slug: input.slug }, select: { id: true } })) {
      throw new AppError("CONFLICT", {
        userMessage: `The slug “${input.slug}” is taken.`,
        details: { fields: { "input.slug": "This slug is taken." } },
      });
    }
    const plan = await db.plan.findUniqueOrThrow({ where: { id: input.plan }, select: { trialDays: true, seats: true } });
    const select = { id: true, name: true, passwordHash: true } as const;
    const existing = await db.user.findUnique({ where: { email: input.ownerEmail }, select });
    const owner = existing ?? (await db.user.create({ data: { email: input.ownerEmail, name: input.ownerName }, select }));
    const organization = await db.organization.create({
      data: {
        name: input.name,
        slug: input.slug,
        supportMails: await getSetting("supportMails"),
        memberships: { create: { userId: owner.id, role: "owner" } },
        subscription: {
          create: {
            planId: input.plan,
            status: "trialing",
            seats: plan.seats,
            trialEndsAt: trialEnd({ from: new Date(), days: plan.trialDays }),
          },
        },
      },
      select: { id: true },
    });
    await becomeCustomer({ db, effect, eventId }, { organizationId: organization.id, name: input.name });
    const token = owner.passwordHash
      ? null
      : await db.accountToken.create({ data: { userId: owner.id, purpose: "resetPassword" }, select: { id: true } });
    const data = { organizationName: input.name, tokenId: token?.id ?? null };
    effect(mail(welcomeOwner, { to: { email: input.ownerEmail, name: owner.name }, data }));
    return { organizationId: organization.id };
  },
});
