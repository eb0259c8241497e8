import { saveFormDraft } from "#router/form-drafts.ts";
import { inputFromForm } from "#router/form-fields.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { propose } from "#server/proposals.ts";
import { toAppError } from "#server/to-app-error.ts";
import { pathWith } from "#ui/path-with.ts";
import { staffForm } from "../../../staff-form.ts";

/** Previews what the form asks for and goes on to the proposal; what is refused goes back to the form, as it was typed. */
export const POST = staffForm<{ name: string }>(async ({ context, form, params }) => {
  const operation = getOperation(params.name);
  const targetId = form.get("targetId") ?? "";
  const envelope = {
    targetId,
    input: inputFromForm(operation, form),
    reason: form.get("reason") ?? "",
    ticket: form.get("ticket") || undefined,
    undoOf: form.get("undoOf") || undefined,
  };
  try {
    const { proposalId } = await propose({ operation, context, ability: procedureContext(context).ability, envelope });
    return seeOther(`/admin/proposals/${proposalId}`);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation, form, error });
    return seeOther(pathWith(`/admin/operations/${operation.name}`, { targetId, draft, undoOf: envelope.undoOf }));
  }
});
