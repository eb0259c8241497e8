import { z } from "zod";
import { monitorStatus } from "#domain/monitors.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { mayDo } from "../describe-operations.ts";
import { findOrganizationBySlug } from "./organizations.ts";

const select = {
  id: true,
  name: true,
  organizationId: true,
  intervalSeconds: true,
  graceSeconds: true,
  createdAt: true,
  lastPingAt: true,
} as const;

export const monitorsRouter = router({
  list: seatProcedure.input(z.strictObject({ slug: text({ max: 60 }) })).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const [monitors, subscription] = await Promise.all([
      reader().monitor.findMany({
        where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Monitor")] },
        orderBy: { id: "asc" },
        take: 200,
        select,
      }),
      reader().subscription.findUnique({
        where: { organizationId: organization.id },
        select: { plan: { select: { name: true, monitors: true } } },
      }),
    ]);
    return {
      organization,
      plan: subscription?.plan ?? null,
      monitors: monitors.map((monitor) => ({ ...monitor, status: monitorStatus(monitor) })),
      may: { create: mayDo(ctx, "monitor.create", "Organization", organization) },
    };
  }),

  get: seatProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const monitor = await reader().monitor.findFirst({
      where: { id, AND: [reach(ctx.ability, "read", "Monitor")] },
      select: { ...select, pingKey: true },
    });
    if (!monitor) throw new AppError("NOT_FOUND", { userMessage: "There is no such monitor." });
    const pings = await reader().ping.findMany({
      where: { monitorId: id },
      orderBy: { at: "desc" },
      take: 50,
      select: { id: true, at: true },
    });
    return {
      monitor: { ...monitor, status: monitorStatus(monitor) },
      pings,
      may: { update: mayDo(ctx, "monitor.update", "Monitor", monitor), delete: mayDo(ctx, "monitor.delete", "Monitor", monitor) },
    };
  }),
});
