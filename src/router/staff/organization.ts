import { shutKind } from "#domain/closures.ts";
import { shownFlags } from "#domain/flags.ts";
import { describeRole } from "#domain/memberships.ts";
import { readsPersonalData } from "#domain/roles.ts";
import { supportAccessChoices } from "#domain/support-access.ts";
import type { StaffActor } from "#server/actor.ts";
import { dunning } from "#server/billing.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { showPersonal } from "#server/personal-data.ts";
import { subscriptionColumns } from "#server/targets/select.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { accessRequestSelect, withStanding } from "../access-requests.ts";
import { describeOperation, describeOperations } from "../describe-operations.ts";
import { failingFirst, shownStatus, watchedColumns } from "../monitor-status.ts";
import { getOperation } from "../registry.ts";
import { showApiKey } from "./api-keys.ts";
import { findAroundOrganization } from "./around-organization.ts";
import { describeBillingState } from "./billing-state.ts";
import { openInvitations, showInvitation } from "./invitations.ts";
import { showJob } from "./jobs.ts";

/** Everything about one customer, in two statements. */
export async function describeOrganization(ctx: ProcedureContext & { actor: StaffActor }, id: string) {
  const [found, { keys, jobs, waiting, standing, timeline }] = await Promise.all([findOrganization(id), findAroundOrganization(id)]);
  if (!found) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
  const { invitations, invoices, supportAccess, accessRequests, supportCases, ...organization } = found;
  const clear = readsPersonalData(ctx.actor.roles);
  const memberships = organization.memberships.map((membership) => ({
    ...membership,
    roleInWords: describeRole(membership),
    user: showPersonal("User", membership.user, clear),
    viewAs: describeOperation({
      ctx,
      operation: getOperation("impersonation.start"),
      type: "Membership",
      row: { ...membership, organizationId: id, userId: membership.user.id, organization },
    }),
  }));
  const watched = shutKind(organization) === null;
  const monitors = failingFirst(organization.monitors.map((monitor) => ({ ...monitor, ...shownStatus(monitor, { watched }) })));
  const customer = { ...organization, dunning: invoices };
  return {
    organization: { ...organization, memberships, monitors },
    closed: shutKind(organization) ?? (organization.maintenance ? ("maintenance" as const) : null),
    flags: shownFlags(organization.flags, new Date()),
    invitations: invitations.map((invitation) => showInvitation(ctx, invitation, clear)),
    apiKeys: keys.map((key) => showApiKey(ctx, key)),
    supportAccess: {
      choice: supportAccessChoices[supportAccess].title,
      requests: accessRequests.map(withStanding),
      cases: supportCases,
    },
    jobs: jobs.map((job) => showJob(ctx, job)),
    waiting,
    billing: describeBillingState({ customer, ...standing, differences: organization._count.billingDrifts }),
    operations: describeOperations({ ctx, type: "Organization", row: organization }),
    timeline,
  };
}

function findOrganization(id: string) {
  return reader().organization.findUnique({
    where: { id },
    relationLoadStrategy: "join",
    select: {
      id: true,
      name: true,
      slug: true,
      stripeCustomerId: true,
      createdAt: true,
      subscription: {
        select: {
          ...subscriptionColumns,
          canceledAt: true,
          plan: { select: { name: true, monitors: true, seats: true } },
        },
      },
      creditBalance: true,
      supportAccess: true,
      accessRequests: { orderBy: { id: "desc" }, take: 20, select: accessRequestSelect },
      supportCases: {
        orderBy: [{ open: "desc" }, { updatedAt: "desc" }, { id: "desc" }],
        take: 20,
        select: { id: true, subject: true, open: true, url: true, updatedAt: true },
      },
      invitations: openInvitations,
      invoices: dunning,
      suspension: { select: { id: true, reason: true, ticket: true, suspendedAt: true } },
      retentionDays: true,
      historyPurgedBefore: true,
      deactivation: { select: { id: true, reason: true, deactivatedAt: true } },
      deletion: { select: { id: true, reason: true, ticket: true, dueAt: true } },
      maintenance: { select: { id: true, message: true, startedAt: true } },
      limitOverride: { select: { id: true, monitors: true, pingsPerMinute: true, historyDays: true, apiPerMinute: true } },
      flags: { orderBy: { flag: "asc" }, select: { flag: true, enabled: true, expiresAt: true } },
      memberships: {
        orderBy: { id: "asc" },
        take: 50,
        select: {
          id: true,
          role: true,
          elevatedRole: true,
          elevatedUntil: true,
          createdAt: true,
          user: { select: { id: true, name: true, email: true, lastSeenAt: true, lockout: { select: { until: true } } } },
        },
      },
      monitors: {
        orderBy: [{ state: "desc" }, { id: "asc" }],
        take: 50,
        select: { id: true, name: true, ...watchedColumns },
      },
      impersonations: {
        where: { endedAt: null, expiresAt: { gt: new Date() } },
        take: 10,
        select: { id: true, expiresAt: true, staffMember: { select: { name: true } }, user: { select: { name: true } } },
      },
      _count: { select: { memberships: true, monitors: true, billingDrifts: true } },
    },
  });
}
