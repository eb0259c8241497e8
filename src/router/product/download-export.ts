import { writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { type TargetRow, targets } from "#server/targets.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { handOverExport, whyNoFile } from "../hand-over-export.ts";

/** The file of an export, for an owner of its organization in their own person, while it lasts. */
export async function downloadExport(ctx: ProcedureContext, { slug, id }: { slug: string; id: string }) {
  const { actor } = ctx;
  if (!actor) throw new AppError("UNAUTHENTICATED");
  const found = await targets.DataExport.find(writer(), { id, organization: { slug }, AND: [reach(ctx.ability, "read", "DataExport")] });
  if (!found) throw new AppError("NOT_FOUND", { userMessage: "There is no such export." });
  return handOverExport({ ...ctx, actor }, found, whyNot(ctx, found));
}

function whyNot(ctx: ProcedureContext, found: TargetRow<"DataExport">): AppError | null {
  const { organizationId, organization, expiresAt } = found;
  if (ctx.impersonation)
    return new AppError("IMPERSONATION_REFUSED", { userMessage: "Exports are for the customer, never for staff in their seat." });
  const memberships = ctx.actor?.type === "user" ? ctx.actor.memberships : [];
  const isOwner = memberships.some((membership) => membership.organizationId === organizationId && membership.role === "owner");
  if (!isOwner) return new AppError("FORBIDDEN", { userMessage: `Only owners of ${organization.name} may download its exports.` });
  return whyNoFile(found, expiresAt);
}
