import { saveFormDraft } from "#router/form-drafts.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { AppError } from "#server/errors.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";
import { pathWith } from "#ui/path-with.ts";
import { staffForm } from "../../../staff-form.ts";

const answers = ["proposal.reject", "proposal.withdraw", "proposal.comment"];

/** Rejects, withdraws or comments on what waits: routine operations that need no preview of their own. */
export const POST = staffForm<{ id: string }>(async ({ context, form, params: { id } }) => {
  const path = `/admin/proposals/${id}`;
  const name = form.get("operation") ?? "";
  if (!answers.includes(name)) throw new AppError("BAD_REQUEST");
  const operation = getOperation(name);
  const envelope = { targetId: id, input: {}, reason: form.get("reason") ?? "" };
  try {
    await runOperation({ operation, context, ability: procedureContext(context).ability, envelope });
    return seeOther(path);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500 || error.code === "NOT_FOUND") throw error;
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation, form, error });
    return seeOther(pathWith(path, { draft }));
  }
});
