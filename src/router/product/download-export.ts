import { recordEvent, writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { type TargetRow, targets } from "#server/targets.ts";
import type { ProcedureContext } from "#server/trpc.ts";

/**
 * The file of an export, for an owner of its organization in their own person, while it lasts. Each download is an event,
 * and there is no file without it; so is each refusal.
 */
export async function downloadExport(ctx: ProcedureContext, { slug, id }: { slug: string; id: string }) {
  const { actor } = ctx;
  if (!actor) throw new AppError("UNAUTHENTICATED");
  const found = await targets.DataExport.find(writer(), { id, organization: { slug }, AND: [reach(ctx.ability, "read", "DataExport")] });
  if (!found) throw new AppError("NOT_FOUND", { userMessage: "There is no such export." });
  const event = {
    context: { ...ctx, actor },
    operation: "dataExport.download",
    summary: `Download the export of ${found.organization.name}`,
    target: { type: "DataExport", id, label: targets.DataExport.label(found) },
    organizationId: found.organizationId,
  };
  const refusal = whyNot(ctx, found);
  if (refusal) {
    await recordEvent({ ...event, outcome: "denied", metadata: { code: refusal.code, message: refusal.userMessage } });
    throw refusal;
  }
  // The role that reads cannot see files.
  const file = await writer().dataExportFile.findUnique({ where: { id }, select: { content: true } });
  if (!file) throw new AppError("EXPIRED", { userMessage: "This export has expired." });
  await recordEvent({ ...event, outcome: "succeeded", metadata: { sha256: found.sha256, bytes: found.bytes } });
  return { content: file.content, fileName: `${slug}-${id}.zip` };
}

function whyNot(ctx: ProcedureContext, { organizationId, organization, state, expiresAt }: TargetRow<"DataExport">): AppError | null {
  if (ctx.impersonation)
    return new AppError("IMPERSONATION_REFUSED", { userMessage: "Exports are for the customer, never for staff in their seat." });
  const memberships = ctx.actor?.type === "user" ? ctx.actor.memberships : [];
  const isOwner = memberships.some((membership) => membership.organizationId === organizationId && membership.role === "owner");
  if (!isOwner) return new AppError("FORBIDDEN", { userMessage: `Only owners of ${organization.name} may download its exports.` });
  if (state !== "ready") return new AppError("CONFLICT", { userMessage: "This export is not ready." });
  if (!expiresAt || expiresAt <= new Date()) return new AppError("EXPIRED", { userMessage: "This export has expired." });
  return null;
}
