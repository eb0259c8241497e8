import { z } from "zod";
import { monitorStatus } from "#domain/monitors.ts";
import { env } from "#env.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { findOrganizationBySlug } from "./organizations.ts";
import { permissionFor } from "./permission.ts";
import { latestPings, pingsPerHour } from "./pings.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
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
  list: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const [monitors, subscription] = await Promise.all([
      reader().monitor.findMany({
        where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Monitor")] },
        orderBy: { id: "asc" },
        take: 500,
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
      create: permissionFor(ctx, "monitor.create", "Organization", organization),
    };
  }),

  get: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const found = await reader().monitor.findFirst({
      where: { id, organizationId: organization.id, AND: [reach(ctx.ability, "read", "Monitor")] },
      select: { ...select, pingKey: true },
    });
    if (!found) throw new AppError("NOT_FOUND", { userMessage: "There is no such monitor." });
    const { pingKey, ...monitor } = found;
    const [pings, hours] = await Promise.all([latestPings(id), pingsPerHour(id)]);
    return {
      monitor: { ...monitor, status: monitorStatus(monitor) },
      // Whoever knows the address can ping as the customer, outside every check.
      pingUrl: ctx.impersonation ? null : `${env().APP_URL}/ping/${pingKey}`,
      pings,
      hours,
      update: permissionFor(ctx, "monitor.update", "Monitor", monitor),
      delete: permissionFor(ctx, "monitor.delete", "Monitor", monitor),
    };
  }),
});
