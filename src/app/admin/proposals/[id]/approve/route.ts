import { saveFormDraft } from "#router/form-drafts.ts";
import { getOperation } from "#router/registry.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { pathWith } from "#ui/path-with.ts";
import { appErrorOf } from "../../../explain-failure.ts";
import { staffForm } from "../../../staff-form.ts";

/** A second person agrees, and it runs; or back to the proposal with the reason why nothing was done. */
export const POST = staffForm<{ id: string }>(async ({ context, staff, form, params: { id } }) => {
  const path = `/admin/proposals/${id}`;
  try {
    const { eventId } = await staff.proposals.approve({ id, comment: form.get("comment") || undefined });
    return seeOther(`/admin/runs/${eventId}`);
  } catch (thrown) {
    const error = appErrorOf(thrown);
    if (error.code === "STALE_PREVIEW") return seeOther(path);
    if (error.code === "FRESH_SIGN_IN_REQUIRED") return seeOther(`${path}?error=fresh`);
    if (error.status >= 500 || error.code === "NOT_FOUND") throw error;
    const { operation } = await staff.proposals.get({ id });
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation: getOperation(operation), form, error });
    return seeOther(pathWith(path, { draft }));
  }
});
