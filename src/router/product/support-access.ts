import { z } from "zod";
import { consentDurationNames, consentDurations, supportAccessChoices, supportAccessNames } from "#domain/support-access.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { cutPage, pageSize } from "#server/keyset.ts";
import { reach } from "#server/reach.ts";
import { findSupportVisits } from "#server/support-visits.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { findChanges, findEnding, findOpened } from "#server/visit-log.ts";
import { accessRequestSelect, withStanding } from "../access-requests.ts";
import { mayFor } from "./may.ts";
import { findOrganizationBySlug } from "./organizations.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }), after: text({ max: 64 }).optional() });
const select = {
  id: true,
  mode: true,
  reason: true,
  ticket: true,
  writeReason: true,
  steppedUpAt: true,
  startedAt: true,
  expiresAt: true,
  endedAt: true,
  staffMember: { select: { name: true } },
  user: { select: { id: true, name: true } },
} as const;

export const supportAccessRouter = router({
  /** The owner's choice, the requests, and every access: of all people for owners and admins, of their own seat for members. */
  get: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug, after } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const seesAll = seesEveryAccess(ctx, organization.id);
    const mine = { organizationId: organization.id, ...(seesAll ? {} : { userId: seatOf(ctx) }) };
    const now = new Date();
    const isOpen = { endedAt: null, expiresAt: { gt: now } };
    const [choice, open, past, requests] = await Promise.all([
      reader().organization.findUniqueOrThrow({ where: { id: organization.id }, select: { supportAccess: true, supportMails: true } }),
      reader().impersonation.findMany({
        where: { ...mine, ...isOpen },
        orderBy: { id: "desc" },
        take: pageSize,
        select,
        relationLoadStrategy: "join",
      }),
      reader().impersonation.findMany({
        where: { ...mine, NOT: isOpen, ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: "desc" },
        take: pageSize + 1,
        select,
        relationLoadStrategy: "join",
      }),
      seesAll ? findRequests(ctx, organization.id) : [],
    ]);
    const page = cutPage(past, ({ id }) => id);
    return {
      organization: { id: organization.id, name: organization.name },
      choice,
      choices: supportAccessNames.map((name) => ({ name, ...supportAccessChoices[name] })),
      choose: mayFor(ctx, "organization.setSupportAccess", "Organization", organization),
      seesAll,
      requests,
      open: after ? [] : open,
      past: page.rows,
      next: page.next,
    };
  }),

  /** One access: what was opened in it and what was changed. */
  visit: seatProcedure
    .input(
      z.strictObject({
        slug: text({ max: 60 }),
        id: text({ max: 64 }),
        after: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
    )
    .query(async ({ ctx, input: { slug, id, after } }) => {
      const organization = await findOrganizationBySlug(ctx, slug);
      const mine = seesEveryAccess(ctx, organization.id) ? {} : { userId: seatOf(ctx) };
      const visit = await reader().impersonation.findFirst({
        where: { id, organizationId: organization.id, ...mine },
        select,
        relationLoadStrategy: "join",
      });
      if (!visit) throw new AppError("NOT_FOUND", { userMessage: "There is no such access, or it is not yours to see." });
      const [opened, changes, ending] = await Promise.all([
        findOpened(reader(), id, after),
        findChanges(reader(), id),
        visit.endedAt ? findEnding(reader(), id) : null,
      ]);
      return { organization: { name: organization.name }, visit, opened, changes, ending };
    }),

  /** Who of the staff sits in this person's seat right now. Staff in that seat are not told of themselves. */
  now: seatProcedure.query(({ ctx }) => (ctx.impersonation ? [] : findSupportVisits(ctx.seat.id))),
});

function seatOf(ctx: ProcedureContext): string {
  return ctx.onBehalfOf?.id ?? ctx.actor?.id ?? "";
}

function seesEveryAccess(ctx: ProcedureContext, organizationId: string): boolean {
  const memberships = ctx.onBehalfOf?.memberships ?? (ctx.actor?.type === "user" ? ctx.actor.memberships : []);
  return memberships.some((each) => each.organizationId === organizationId && each.role !== "member");
}

const mostRequests = 20;

async function findRequests(ctx: ProcedureContext, organizationId: string) {
  const rows = await reader().accessRequest.findMany({
    where: { organizationId, AND: [reach(ctx.ability, "read", "AccessRequest")] },
    orderBy: { id: "desc" },
    take: mostRequests,
    relationLoadStrategy: "join",
    select: { ...accessRequestSelect, user: { select: { id: true, name: true, email: true } } },
  });
  return rows.map((row) => ({
    ...withStanding(row),
    durations: consentDurationNames.map((name) => ({ name, title: consentDurations[name].title })),
    allow: mayFor(ctx, "accessRequest.allow", "AccessRequest", row),
    refuse: mayFor(ctx, "accessRequest.refuse", "AccessRequest", row),
  }));
}
