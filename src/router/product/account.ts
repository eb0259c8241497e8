import { z } from "zod";
import { qrPath } from "#lib/qr.ts";
import { text } from "#lib/text.ts";
import { findAccountState } from "#server/auth/account-state.ts";
import { prepareSetup } from "#server/auth/second-factor-setup.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";
import { findSecurityEvents } from "./security-events.ts";

export const accountRouter = router({
  /** The person in this seat: how they sign in, where they are signed in, and what happened to that lately. */
  get: seatProcedure.query(async ({ ctx }) => {
    const user = await findSeat(ctx, ctx.seat.id);
    const [sessions, events, { recoveryCodesLeft }] = await Promise.all([
      reader().session.findMany({
        where: { userId: ctx.seat.id, endedAt: null, expiresAt: { gt: new Date() }, AND: [reach(ctx.ability, "read", "Session")] },
        orderBy: { id: "desc" },
        take: 50,
        select: { id: true, createdAt: true, lastSeenAt: true, sourceIp: true, userAgent: true },
      }),
      findSecurityEvents(user.id),
      findAccountState(user),
    ]);
    const { id, name, email, emailVerifiedAt, passwordChangedAt, totpEnabledAt } = user;
    const currentSessionId = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    return {
      user: { id, name, email, emailVerifiedAt, passwordChangedAt, totpEnabledAt, recoveryCodesLeft },
      sessions: sessions.map((session) => ({ ...session, current: session.id === currentSessionId })),
      events,
      change: mayFor(ctx, "user.changePassword", "User", user),
    };
  }),

  /** What to scan to set a second factor up; null where that may not be, or is done. Carried by the form, stored nowhere. */
  secondFactorSetup: seatProcedure.input(z.strictObject({ earlier: text({ max: 1_000 }).optional() })).query(async ({ ctx, input }) => {
    const user = await findSeat(ctx, ctx.seat.id);
    const { whyNot } = mayFor(ctx, "user.enableTwoFactor", "User", user);
    const refused = whyNot ?? (user.totpEnabledAt ? "The second factor is on already." : null);
    if (refused) return { whyNot: refused, setup: null };
    const { ticket, secret, address } = await prepareSetup({ userId: user.id, email: user.email, earlier: input.earlier ?? null });
    return { whyNot: null, setup: { ticket, secret, qr: qrPath(address) } };
  }),
});

async function findSeat(ctx: ProcedureContext, id: string) {
  const user = await targets.User.find(reader(), { id, AND: [reach(ctx.ability, "read", "User")] });
  if (!user) throw new AppError("NOT_FOUND");
  return user;
}
