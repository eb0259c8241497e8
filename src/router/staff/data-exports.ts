import { z } from "zod";
import { expiresForStaff } from "#domain/export-scopes.ts";
import { text } from "#lib/text.ts";
import { reader, writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { type TargetRow, targets } from "#server/targets.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { describeOperation, mayDo } from "../describe-operations.ts";
import { handOverExport, whyNoFile } from "../hand-over-export.ts";
import { getOperation } from "../registry.ts";

const operation = getOperation("organization.requestExport");

export const dataExportsRouter = router({
  /** The newest first; whether whoever looks may have the file. */
  ofOrganization: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const [row, exports] = await Promise.all([
      targets.Organization.find(reader(), { id }),
      reader().dataExport.findMany({ where: { organizationId: id }, orderBy: { id: "desc" }, take: 50 }),
    ]);
    if (!row) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
    const may = mayDo(ctx, operation.name, "Organization", row);
    return {
      organization: { id, name: row.name },
      exports: exports.map(({ requestedByStaffId, ...one }) => {
        const isTheirs = may && requestedByStaffId === ctx.actor.id;
        const expiresAt = isTheirs ? expiresForStaff(one) : one.expiresAt;
        const isThere = whyNoFile(one, expiresAt) === null;
        return { ...one, expiresAt, downloadable: isThere && isTheirs, notForYou: isThere && !isTheirs ? "for others" : null };
      }),
      request: describeOperation({ ctx, operation, type: "Organization", row }),
    };
  }),
});

/** The file of an export, for the member of the staff who asked for it, while they may ask for one, for a day. */
export async function downloadExportAsStaff(ctx: ProcedureContext, { organizationId, id }: { organizationId: string; id: string }) {
  const { actor } = ctx;
  if (actor?.type !== "staff") throw new AppError("UNAUTHENTICATED");
  const [row, found] = await Promise.all([
    targets.Organization.find(writer(), { id: organizationId }),
    targets.DataExport.find(writer(), { id, organizationId }),
  ]);
  if (!row || !found) throw new AppError("NOT_FOUND", { userMessage: "There is no such export." });
  return handOverExport({ ...ctx, actor }, found, whyNot(ctx, row, found));
}

function whyNot(ctx: ProcedureContext, row: TargetRow<"Organization">, found: TargetRow<"DataExport">): AppError | null {
  const userMessage = `Only ${found.requestedByLabel}, who asked for it, and the owners of ${row.name} may download this export.`;
  if (found.requestedByStaffId !== ctx.actor?.id)
    return new AppError("FORBIDDEN", {
      userMessage: found.requestedByStaffId ? userMessage : `Only the owners of ${row.name} may download this export.`,
    });
  if (!mayDo(ctx, operation.name, "Organization", row))
    return new AppError("FORBIDDEN", { userMessage: "You may not ask for exports any more, so you may not have this one." });
  return whyNoFile(found, expiresForStaff(found));
}
