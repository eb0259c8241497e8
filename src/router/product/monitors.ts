import { z } from "zod";
import { env } from "#env.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { hasFlag } from "#server/flags.ts";
import { findLimits } from "#server/limits.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { nextDue, shownStatus, watchedColumns } from "../monitor-status.ts";
import { mayFor } from "./may.ts";
import { findMonitorHistory } from "./monitor-history.ts";
import { findOrganizationBySlug } from "./organizations.ts";
import { latestPings, pingsPerHour } from "./pings.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
const select = { id: true, name: true, organizationId: true, createdAt: true, ...watchedColumns } as const;

export const monitorsRouter = router({
  list: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const [monitors, limits, subscription, compact] = await Promise.all([
      reader().monitor.findMany({
        where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Monitor")] },
        orderBy: { id: "asc" },
        take: 500,
        select,
      }),
      findLimits(reader(), organization.id),
      reader().subscription.findUnique({ where: { organizationId: organization.id }, select: { plan: { select: { name: true } } } }),
      hasFlag(organization.id, "compactMonitorList"),
    ]);
    return {
      organization,
      compact,
      plan: subscription && limits ? { name: subscription.plan.name, monitors: limits.monitors } : null,
      monitors: monitors.map((monitor) => ({ ...monitor, ...shownStatus(monitor) })),
      create: mayFor(ctx, "monitor.create", "Organization", organization),
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
    const [pings, hours, history] = await Promise.all([latestPings(id), pingsPerHour(id), findMonitorHistory(monitor)]);
    const may = (name: string) => mayFor(ctx, name, "Monitor", monitor);
    return {
      monitor: { ...monitor, ...shownStatus(monitor) },
      due: nextDue(monitor),
      // Whoever knows the address can ping as the customer, outside every check.
      pingUrl: ctx.impersonation ? null : `${env().APP_URL}/ping/${pingKey}`,
      pings,
      hours,
      history,
      update: may("monitor.update"),
      pause: may(monitor.pausedAt ? "monitor.resume" : "monitor.pause"),
      rotateKey: may("monitor.rotateKey"),
      delete: may("monitor.delete"),
    };
  }),
});
