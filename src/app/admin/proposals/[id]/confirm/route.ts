import { saveFormDraft } from "#router/form-drafts.ts";
import { getOperation } from "#router/registry.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../../explain-failure.ts";
import { staffForm } from "../../../staff-form.ts";

/** Runs what the proposal shows, or goes back to it with the reason why nothing was done. */
export const POST = staffForm<{ id: string }>(async ({ context, staff, form, params: { id } }) => {
  const path = `/admin/proposals/${id}`;
  try {
    const { next, eventId, awaitsApproval } = await staff.proposals.confirm({ id, confirmation: form.get("confirmation") || undefined });
    if (awaitsApproval) return seeOther(path);
    return seeOther(next ?? `/admin/runs/${eventId}`);
  } catch (thrown) {
    const error = appErrorOf(thrown);
    const { proposalId } = error.details;
    if (error.code === "STALE_PREVIEW" && proposalId) return seeOther(`/admin/proposals/${proposalId}?stale=1`);
    if (error.code === "CONFIRMATION_REQUIRED") return seeOther(`${path}?error=confirmation`);
    if (error.code === "FRESH_SIGN_IN_REQUIRED") return seeOther(`${path}?error=fresh`);
    if (error.status >= 500 || error.code === "NOT_FOUND") throw error;
    const { operation } = await staff.proposals.get({ id });
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation: getOperation(operation), form, error });
    return seeOther(pathWith(path, { draft }));
  }
});
