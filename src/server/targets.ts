import type { Prisma } from "#generated/prisma/client.ts";
import type { Reader, Transaction } from "./db.ts";

type Queryable = Reader | Transaction;

/** How operations find, name and confirm the rows of one model. */
type Target<Row, Where> = {
  title: string;
  /** The row as somebody deciding about it sees it, or null. Without secrets and telemetry: it is hashed with a preview. */
  find: (db: Queryable, where: Where) => Promise<Row | null>;
  /** Frozen into the audit. */
  label: (row: Row) => string;
  organizationId: (row: Row) => string | null;
  /** What to type to confirm a risky operation. */
  phrase: (row: Row) => string;
  /** Where staff look at it. */
  path: (row: Row) => string;
  /** The columns by which a customer's reach is decided. */
  organizationField?: string;
  userField?: string;
};

function defineTarget<Row extends { id: string }, Where>(target: Target<Row, Where>) {
  return target;
}

const user = { select: { id: true, email: true, name: true } } as const;
const organization = { select: { id: true, name: true, slug: true } } as const;

/** The models that operations are about. */
export const targets = {
  System: defineTarget({
    title: "Countersign",
    find: async (_db, where: { id: string; AND?: unknown }) => (where.id === "system" ? { id: "system" } : null),
    label: () => "Countersign",
    organizationId: () => null,
    phrase: () => "countersign",
    path: () => "/admin",
  }),
  Organization: defineTarget({
    title: "Organization",
    find: (db, where: Prisma.OrganizationWhereInput) =>
      db.organization.findFirst({
        where,
        select: {
          id: true,
          name: true,
          slug: true,
          stripeCustomerId: true,
          subscription: { select: { id: true, planId: true, status: true, seats: true, trialEndsAt: true, currentPeriodEndsAt: true } },
          suspension: { select: { id: true, reason: true, ticket: true } },
        },
        relationLoadStrategy: "join",
      }),
    label: (row) => row.name,
    organizationId: (row) => row.id,
    phrase: (row) => row.slug,
    path: (row) => `/admin/organizations/${row.id}`,
    organizationField: "id",
  }),
  User: defineTarget({
    title: "User",
    find: (db, where: Prisma.UserWhereInput) =>
      db.user.findFirst({
        where,
        select: { ...user.select, passwordChangedAt: true, lockout: { select: { id: true, until: true } } },
        relationLoadStrategy: "join",
      }),
    label: (row) => row.name,
    organizationId: () => null,
    phrase: (row) => row.email,
    path: (row) => `/admin/users/${row.id}`,
    userField: "id",
  }),
  Membership: defineTarget({
    title: "Membership",
    find: (db, where: Prisma.MembershipWhereInput) =>
      db.membership.findFirst({
        where,
        select: { id: true, role: true, organizationId: true, userId: true, user, organization },
        relationLoadStrategy: "join",
      }),
    label: (row) => `${row.user.name} in ${row.organization.name}`,
    organizationId: (row) => row.organizationId,
    phrase: (row) => row.user.email,
    path: (row) => `/admin/users/${row.userId}`,
    organizationField: "organizationId",
    userField: "userId",
  }),
  Session: defineTarget({
    title: "Session",
    find: (db, where: Prisma.SessionWhereInput) =>
      db.session.findFirst({ where, select: { id: true, userId: true, endedAt: true, user }, relationLoadStrategy: "join" }),
    label: (row) => `Session of ${row.user.name}`,
    organizationId: () => null,
    phrase: (row) => row.user.email,
    path: (row) => `/admin/users/${row.userId}`,
    userField: "userId",
  }),
  Monitor: defineTarget({
    title: "Monitor",
    find: (db, where: Prisma.MonitorWhereInput) =>
      db.monitor.findFirst({ where, select: { id: true, name: true, organizationId: true, intervalSeconds: true, graceSeconds: true } }),
    label: (row) => row.name,
    organizationId: (row) => row.organizationId,
    phrase: (row) => row.name,
    path: (row) => `/admin/organizations/${row.organizationId}`,
    organizationField: "organizationId",
  }),
  StaffMember: defineTarget({
    title: "Staff member",
    find: (db, where: Prisma.StaffMemberWhereInput) =>
      db.staffMember.findFirst({
        where,
        select: { id: true, name: true, email: true, roleGrants: { select: { id: true, role: true }, orderBy: { id: "asc" } } },
        relationLoadStrategy: "join",
      }),
    label: (row) => row.name,
    organizationId: () => null,
    phrase: (row) => row.email,
    path: () => "/admin/staff",
  }),
  Impersonation: defineTarget({
    title: "Impersonation",
    find: (db, where: Prisma.ImpersonationWhereInput) =>
      db.impersonation.findFirst({
        where,
        select: {
          id: true,
          staffMemberId: true,
          staffSessionId: true,
          organizationId: true,
          mode: true,
          reason: true,
          ticket: true,
          endedAt: true,
          user,
          organization,
          staffMember: { select: { id: true, name: true } },
        },
        relationLoadStrategy: "join",
      }),
    label: (row) => `${row.staffMember.name} as ${row.user.name} (${row.organization.name})`,
    organizationId: (row) => row.organizationId,
    phrase: (row) => row.user.email,
    path: (row) => `/admin/impersonations/${row.id}`,
  }),
};

export type TargetType = keyof typeof targets;
export type TargetRow<Type extends TargetType> = NonNullable<Awaited<ReturnType<(typeof targets)[Type]["find"]>>>;
export type TargetWhere<Type extends TargetType> = Parameters<(typeof targets)[Type]["find"]>[1];
