import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";
import { findOrganizationBySlug } from "./organizations.ts";
import { requireRole } from "./require-role.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
const select = { id: true, organizationId: true, url: true, events: true, createdAt: true, testedAt: true } as const;
const deliverySelect = {
  id: true,
  endpointId: true,
  event: true,
  state: true,
  attempts: true,
  lastStatus: true,
  lastError: true,
  nextTryAt: true,
  createdAt: true,
  deliveredAt: true,
} as const;

export const webhooksRouter = router({
  list: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    requireRole(ctx.seat, organization, ["owner", "admin"]);
    const webhooks = await reader().webhookEndpoint.findMany({
      where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "WebhookEndpoint")] },
      orderBy: { id: "asc" },
      take: 50,
      select,
    });
    const last = await reader().webhookDelivery.findMany({
      where: { endpointId: { in: webhooks.map(({ id }) => id) } },
      distinct: ["endpointId"],
      orderBy: [{ endpointId: "asc" }, { id: "desc" }],
      select: deliverySelect,
    });
    return {
      organization,
      webhooks: webhooks.map((webhook) => ({ ...webhook, lastDelivery: last.find(({ endpointId }) => endpointId === webhook.id) ?? null })),
      create: mayFor(ctx, "webhook.create", "Organization", organization),
    };
  }),

  /** One with what was sent there lately, the newest first. */
  get: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    requireRole(ctx.seat, organization, ["owner", "admin"]);
    const where = { id, organizationId: organization.id, AND: [reach(ctx.ability, "read", "WebhookEndpoint")] };
    const webhook = await reader().webhookEndpoint.findFirst({ where, select });
    if (!webhook) throw new AppError("NOT_FOUND", { userMessage: "There is no such webhook." });
    const may = (name: string) => mayFor(ctx, name, "WebhookEndpoint", webhook);
    return {
      webhook,
      deliveries: await reader().webhookDelivery.findMany({
        where: { endpointId: id },
        orderBy: { id: "desc" },
        take: 50,
        select: deliverySelect,
      }),
      sendTest: may("webhook.sendTest"),
      rotateSecret: may("webhook.rotateSecret"),
      delete: may("webhook.delete"),
    };
  }),
});
