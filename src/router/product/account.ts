import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";

export const accountRouter = router({
  /** The person in this seat, with the places where they are signed in. */
  get: seatProcedure.query(async ({ ctx }) => {
    const [user, sessions] = await Promise.all([
      reader().user.findFirst({
        where: { id: ctx.seat.id, AND: [reach(ctx.ability, "read", "User")] },
        select: { id: true, name: true, email: true, passwordChangedAt: true },
      }),
      reader().session.findMany({
        where: { userId: ctx.seat.id, endedAt: null, expiresAt: { gt: new Date() }, AND: [reach(ctx.ability, "read", "Session")] },
        orderBy: { id: "desc" },
        take: 50,
        select: { id: true, createdAt: true, lastSeenAt: true, sourceIp: true, userAgent: true },
      }),
    ]);
    if (!user) throw new AppError("NOT_FOUND");
    const currentSessionId = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    return { user, sessions: sessions.map((session) => ({ ...session, current: session.id === currentSessionId })) };
  }),
});
