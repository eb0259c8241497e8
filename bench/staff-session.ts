import { encode } from "next-auth/jwt";
import { expandRoles } from "#domain/roles.ts";
import { env } from "#env.ts";
import type { StaffActor } from "#server/actor.ts";
import type { EventInput } from "#server/audit/event.ts";
import { sessionCookieName } from "#server/auth/cookies.ts";
import { audited } from "#server/db.ts";

export type StaffSession = { actor: StaffActor; cookie: string; end: () => Promise<void> };

/** A signed-in staff member of our own, as the identity provider's callback would leave one. */
export async function createStaffSession(): Promise<StaffSession> {
  const { member, session } = await audited(event("Sign in for a benchmark"), async (db) => {
    const identity = { issuer: "benchmark", subject: "benchmark" };
    const member = await db.staffMember.upsert({
      where: { issuer_subject: identity },
      create: { ...identity, email: "benchmark@countersign.example", name: "Benchmark" },
      update: {},
      select: { id: true, name: true, email: true },
    });
    const session = await db.staffSession.create({
      data: { staffMemberId: member.id, groupRoles: ["operations"], authenticatedAt: new Date() },
      select: { id: true, authenticatedAt: true },
    });
    return { member, session };
  });
  const name = sessionCookieName("staff");
  const token = await encode({ token: { sessionId: session.id }, secret: env().STAFF_AUTH_SECRET, salt: name, maxAge: 3_600 });
  const { id, name: label, email } = member;
  const { authenticatedAt } = session;
  return {
    actor: {
      type: "staff",
      id,
      label,
      email,
      roles: expandRoles(["operations"]),
      sessionId: session.id,
      authenticatedAt,
      impersonating: null,
    },
    cookie: `${name}=${token}`,
    end: () => endSession(session.id),
  };
}

async function endSession(id: string): Promise<void> {
  await audited(event("Sign out after a benchmark"), (db) =>
    db.staffSession.update({ where: { id }, data: { endedAt: new Date() }, select: { id: true } }),
  );
}

function event(summary: string): EventInput {
  const actor = { type: "system", id: "benchmark", label: "Benchmark" } as const;
  const context = { actor, onBehalfOf: null, impersonation: null, requestId: "benchmark", sourceIp: null, userAgent: null };
  return { context, operation: "benchmark.session", outcome: "succeeded", summary };
}
