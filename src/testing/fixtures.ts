import { randomBytes } from "node:crypto";
import { expandRoles } from "#domain/roles.ts";
import type { ImpersonationMode, OrganizationRole, StaffRole } from "#generated/prisma/enums.ts";
import { procedureContext } from "#router/procedure-context.ts";
import type { Context, StaffActor, SystemActor, UserActor } from "#server/actor.ts";
import { audited, type Transaction, writer } from "#server/db.ts";

const system: SystemActor = { type: "system", id: "test", label: "Test" };

/** A context as a request would have, with nobody in it. */
export function emptyContext(): Context {
  return { requestId: `req_${unique()}`, sourceIp: "192.0.2.1", userAgent: "test", actor: null, onBehalfOf: null, impersonation: null };
}

export function unique(): string {
  return randomBytes(6).toString("hex");
}

/** Changes data as the application does, under an event of the test's own. */
export function arrange<Result>(work: (db: Transaction) => Promise<Result>): Promise<Result> {
  return audited(
    { context: { ...emptyContext(), actor: system }, operation: "test.arrange", outcome: "succeeded", summary: "Arrange a test" },
    work,
  );
}

export async function ensurePlans(): Promise<void> {
  const plan = { monitors: 5, seats: 5, pingsPerMinute: 10, historyDays: 30, trialDays: 14 };
  await arrange((db) =>
    db.plan.createMany({ data: ["free", "team", "business"].map((id) => ({ id, name: id, ...plan })), skipDuplicates: true }),
  );
}

/** An organization in a trial with one person for each role, each with an open session. */
export async function makeOrganization(options: { trialEndsAt?: Date; canary?: string } = {}) {
  await ensurePlans();
  const slug = `${options.canary ? slugOf(options.canary) : "org"}-${unique()}`;
  const name = `${options.canary ?? "Organization"} ${slug}`;
  return arrange(async (db) => {
    const organization = await db.organization.create({
      data: {
        name,
        slug,
        stripeCustomerId: `cus_${unique()}`,
        subscription: {
          create: { planId: "team", status: "trialing", seats: 5, trialEndsAt: options.trialEndsAt ?? new Date("2099-01-01T23:59:59Z") },
        },
      },
      select: { id: true, name: true, slug: true },
    });
    const people = {} as Record<OrganizationRole, Awaited<ReturnType<typeof makeMember>>>;
    for (const role of ["owner", "admin", "member"] as const)
      people[role] = await makeMember(db, { organizationId: organization.id, role, canary: options.canary });
    const monitor = await db.monitor.create({
      data: { organizationId: organization.id, name: `${options.canary ?? "Monitor"} ${slug}`, intervalSeconds: 300, graceSeconds: 60 },
      select: { id: true, pingKey: true, name: true },
    });
    return { ...organization, people, monitor };
  });
}

const slugOf = (words: string) => words.toLowerCase().replace(/[^a-z0-9]+/g, "-");

async function makeMember(
  db: Transaction,
  { organizationId, role, canary }: { organizationId: string; role: OrganizationRole; canary?: string | undefined },
) {
  const name = `${canary ?? "Person"} ${role} ${unique()}`;
  const user = await db.user.create({
    data: { name, email: `${canary ? slugOf(canary) : role}.${unique()}@customer.example` },
    select: { id: true, name: true, email: true },
  });
  const membership = await db.membership.create({ data: { organizationId, userId: user.id, role }, select: { id: true } });
  const session = await db.session.create({
    data: { userId: user.id, sourceIp: "192.0.2.7", userAgent: canary ?? "test" },
    select: { id: true },
  });
  const actor: UserActor = {
    type: "user",
    id: user.id,
    label: user.name,
    email: user.email,
    memberships: [{ organizationId, role }],
    sessionId: session.id,
  };
  return { ...user, membershipId: membership.id, sessionId: session.id, actor };
}

/** A staff member who is signed in, freshly, with these roles from groups. */
export async function makeStaff(...roles: StaffRole[]) {
  const key = unique();
  const name = `Staff ${roles.join(" ")} ${key}`;
  const { member, session } = await arrange(async (db) => {
    const member = await db.staffMember.create({
      data: { issuer: "test", subject: key, email: `${key}@countersign.example`, name },
      select: { id: true, email: true },
    });
    const session = await db.staffSession.create({
      data: { staffMemberId: member.id, groupRoles: roles, authenticatedAt: new Date() },
      select: { id: true, authenticatedAt: true },
    });
    return { member, session };
  });
  const actor: StaffActor = {
    type: "staff",
    id: member.id,
    label: name,
    email: member.email,
    roles: expandRoles(roles),
    sessionId: session.id,
    authenticatedAt: session.authenticatedAt,
    impersonating: null,
  };
  return actor;
}

/** What a request of this person carries into procedures. */
export function contextOf(actor: Context["actor"], rest: Partial<Context> = {}) {
  return procedureContext({ ...emptyContext(), actor, ...rest });
}

type Seat = { id: string; world: { id: string; name: string }; person: UserActor; mode?: ImpersonationMode };

/** What an open impersonation of this person in this organization adds to a context; read-only where it does not say. */
export function impersonating({ id, world, person, mode = "readOnly" }: Seat): Pick<Context, "onBehalfOf" | "impersonation"> {
  const { id: organizationId, name: organizationName } = world;
  const expiresAt = new Date(Date.now() + 60_000);
  return { onBehalfOf: person, impersonation: { id, mode, expiresAt, reason: "test", ticket: "T-1", organizationId, organizationName } };
}

export async function findEvents(where: NonNullable<Parameters<ReturnType<typeof writer>["auditEvent"]["findMany"]>[0]>["where"]) {
  return writer().auditEvent.findMany({ ...(where ? { where } : {}), orderBy: [{ at: "asc" }, { id: "asc" }] });
}
