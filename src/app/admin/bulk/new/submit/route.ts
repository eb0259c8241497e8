import { saveFormDraft } from "#router/form-drafts.ts";
import { inputFromForm } from "#router/form-fields.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";
import { pathWith } from "#ui/path-with.ts";
import { staffForm } from "../../../staff-form.ts";

/** Begins to prepare a bulk run; what is refused goes back to the form, as it was typed. */
export const POST = staffForm(async ({ context, form }) => {
  const chosen = getOperation(form.get("operation") ?? "");
  const operation = getOperation("bulk.prepare");
  const input = {
    operation: chosen.name,
    values: JSON.stringify(inputFromForm(chosen, form)),
    targets: form.get("targets") ?? "",
  };
  const envelope = { targetId: "system", input, reason: form.get("reason") ?? "", ticket: form.get("ticket") || undefined };
  try {
    const { next } = await runOperation({ operation, context, ability: procedureContext(context).ability, envelope });
    return seeOther(next ?? "/admin/bulk");
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation: chosen, form, error });
    return seeOther(pathWith("/admin/bulk/new", { operation: chosen.name, draft }));
  }
});
