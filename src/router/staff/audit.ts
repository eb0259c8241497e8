import { z } from "zod";
import type { AuditEvent } from "#generated/prisma/client.ts";
import { idTime } from "#lib/ids.ts";
import { text } from "#lib/text.ts";
import { withoutSecretsIn } from "#lib/without-secrets.ts";
import type { Change } from "#server/audit/changes.ts";
import { exportFormats, mostRows } from "#server/audit/export.ts";
import { auditFilters, searchEvents } from "#server/audit/search.ts";
import { reader, recordEvent } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { roleProcedure, router, staffProcedure } from "#server/trpc.ts";
import { findInverse } from "../find-inverse.ts";
import { recordSearch } from "./record-search.ts";

/** All that the audit keeps of an event. */
export type RecordedEvent = AuditEvent;

export const auditRouter = router({
  list: staffProcedure.input(auditFilters).query(async ({ ctx, input }) => {
    const page = await searchEvents(input);
    if (input.q && !input.after)
      await recordSearch(ctx, { query: input.q, hits: page.rows.length, more: page.next !== null, where: "the audit" });
    return page;
  }),

  /** Says that this person takes events out of here, before the first one leaves; the route then streams them. */
  beginExport: roleProcedure("engineering")
    .input(auditFilters.omit({ after: true }).extend({ format: z.enum(exportFormats) }))
    .query(async ({ ctx, input: { format, ...filters } }) => {
      const summary = `Export audit events as ${format === "csv" ? "CSV" : "JSON Lines"}`;
      const asked = withoutSecretsIn(filters);
      const eventId = await recordEvent({
        context: ctx,
        operation: "audit.export",
        outcome: "succeeded",
        summary,
        organizationId: asked.organization,
        metadata: { format, filters: asked, mostRows },
      });
      return { eventId, format, filters };
    }),

  /** One event with the rows that it changed. */
  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ input: { id } }) => {
    const time = idTime(id);
    if (!time) throw new AppError("NOT_FOUND", { userMessage: "There is no such event." });
    // The id says when, so that only one month is looked at. An event's transaction lasts 10 seconds at most.
    const from = new Date(time.getTime() - 1_000);
    const until = new Date(time.getTime() + 15_000);
    const [event, changes] = await Promise.all([
      reader().auditEvent.findFirst({ where: { id, at: { gte: from, lte: until } } }),
      reader().auditChange.findMany({
        where: { eventId: id, at: { gte: from, lte: until } },
        orderBy: [{ at: "asc" }, { id: "asc" }],
        take: 500,
      }),
    ]);
    if (!event) throw new AppError("NOT_FOUND", { userMessage: "There is no such event." });
    const found = changes as (Change & { id: string })[];
    const approval = event.approvalId
      ? await reader().proposalDecision.findUnique({ where: { id: event.approvalId }, select: { proposalId: true, deciderLabel: true } })
      : null;
    return { event, approval, changes: found, inverse: findInverse(event, found) };
  }),
});
