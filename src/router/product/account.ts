import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { permissionFor } from "./permission.ts";

export const accountRouter = router({
  /** The person in this seat, with the places where they are signed in. */
  get: seatProcedure.query(async ({ ctx }) => {
    const [user, sessions] = await Promise.all([
      targets.User.find(reader(), { id: ctx.seat.id, AND: [reach(ctx.ability, "read", "User")] }),
      reader().session.findMany({
        where: { userId: ctx.seat.id, endedAt: null, expiresAt: { gt: new Date() }, AND: [reach(ctx.ability, "read", "Session")] },
        orderBy: { id: "desc" },
        take: 50,
        select: { id: true, createdAt: true, lastSeenAt: true, sourceIp: true, userAgent: true },
      }),
    ]);
    if (!user) throw new AppError("NOT_FOUND");
    const currentSessionId = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    return {
      user: { id: user.id, name: user.name, email: user.email, passwordChangedAt: user.passwordChangedAt },
      sessions: sessions.map((session) => ({ ...session, current: session.id === currentSessionId })),
      change: permissionFor(ctx, "user.changePassword", "User", user),
    };
  }),
});
