import { formHandler } from "#app/form-handler.ts";
import { saveFormDraft } from "#router/form-drafts.ts";
import { inputFromForm } from "#router/form-fields.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { readForm } from "#router/read-form.ts";
import { getOperation } from "#router/registry.ts";
import type { SignedInContext } from "#server/actor.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { noteView } from "#server/impersonation-views.ts";
import type { AnyOperation } from "#server/operation.ts";
import { isFault } from "#server/retry-after.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";
import { fillPath, returnPath, withOutcome } from "../return-path.ts";
import { showOnce } from "../show-once.tsx";

type Submitted = { operation: AnyOperation; context: SignedInContext; form: Map<string, string> };

type Asked = { params: Promise<{ name: string }> };

/** Every form of the product: runs the operation that the address names, and goes on to a page that says what came of it. */
export function POST(request: Request, { params }: Asked): Promise<Response> {
  return formHandler(async () => {
    const operation = getOperation((await params).name);
    const form = await readForm(request);
    const context = await productContext(request.headers);
    const { actor } = context;
    if (!actor)
      return seeOther(context.endedImpersonation ? "/" : `/sign-in?${new URLSearchParams({ next: returnPath(form.get("back")) })}`);
    return submit({ operation, context: { ...context, actor }, form });
  })(request);
}

async function submit({ operation, context, form }: Submitted): Promise<Response> {
  const back = returnPath(form.get("back"));
  noteView(context, { kind: "form", name: operation.name });
  const { ability } = procedureContext(context);
  const envelope = {
    targetId: form.get("targetId") ?? "",
    input: inputFromForm(operation, form),
    confirmation: form.get("confirmation") || undefined,
  };
  try {
    const { output } = await runOperation({ operation, context, ability, envelope });
    const next = returnPath(fillPath(form.get("next") ?? "", output), back);
    if (operation.shownOnce) return showOnce(operation.shownOnce(output), next);
    return seeOther(withOutcome(next, { done: operation.name }));
  } catch (thrown) {
    const error = toAppError(thrown);
    // Not as a draft: the database that would keep it may be what is away.
    if (isFault(error)) throw error;
    if (error.code === "IMPERSONATION_REFUSED") return seeOther(withOutcome(back, { refused: operation.name }));
    form.set("operation", operation.name);
    const draft = await saveFormDraft({ ownerId: context.actor.id, operation, form, error });
    return seeOther(withOutcome(back, { draft }));
  }
}
